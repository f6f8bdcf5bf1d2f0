import { EngineFailure } from './engine-failure.ts';

export function tooManyItems(count: number, limit: number): EngineFailure {
  return new EngineFailure({
    code: 'too-many-items',
    message: `The step would give ${count} items; ${limit} is the limit.`,
    hint: 'Handle the items in batches with a loop, or raise the limit in the automation settings.',
  });
}
