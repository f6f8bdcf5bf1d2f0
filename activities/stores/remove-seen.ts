/** Remove seen before: one call for all items of a step, which a second attempt answers in the same way. */
import type { z } from 'zod';
import type { removeSeen } from '../../contracts/catalogue/remove-seen.ts';
import { type EffectContext, type EffectInput, StepFailure } from '../../contracts/effect.ts';
import type { Resolved } from '../../contracts/expression.ts';
import type { Item } from '../../contracts/item.ts';
import { keyScope, nodeScope, type Repositories } from '../../db/index.ts';
import { identityBy } from '../../engine/nodes/identity.ts';
import type { Effect, EffectSettings } from '../effect.ts';
import { inStore } from './store-failure.ts';

type Parameters = Resolved<z.output<typeof removeSeen.parameters>>;

export function createRemoveSeenEffect({ db }: Pick<EffectSettings, 'db'>): Effect {
  return {
    async run(input) {
      return {
        items: await inStore(db, input.context.workspace, (repositories) => kept(input, repositories)),
      };
    },
  };
}

async function kept(
  { items, context, ...input }: EffectInput,
  { seenValues }: Repositories,
): Promise<Item[]> {
  // Parsed by the engine, with the same schema.
  const parameters = input.parameters as unknown as Parameters;
  const scope = scopeOf(parameters, context);
  const at = (position: number): Item => ({ ...items[position]!, pairedItem: { item: position } });
  if (parameters.operation === 'clear') {
    await seenValues.forget(scope);
    return items.map((_, position) => at(position));
  }
  const identity = identityBy(items, parameters);
  const values = items.map(({ json }) => identity(json));
  const most = Number(parameters.most);
  return (await seenValues.remember({ scope, values, most, step: context.idempotencyKey })).map(at);
}

function scopeOf({ scope, key }: Parameters, { automation, node }: EffectContext): string {
  if (scope === 'node') return nodeScope(automation, node);
  if (key.trim() !== '' && key.length <= 256) return keyScope(key.trim());
  throw new StepFailure({
    code: 'bad-parameters',
    message: 'The key of the history is empty or longer than 256 characters.',
    hint: 'Name the history, for example "orders", or keep one for this node.',
  });
}
