/** The key-value node: one call per item. Changes are done once per step, however often the step is tried. */
import type { z } from 'zod';
import type { keyValueNode } from '../../contracts/catalogue/key-value.ts';
import { type EffectInput, type EffectResult, StepFailure } from '../../contracts/effect.ts';
import type { Resolved } from '../../contracts/expression.ts';
import type { JsonValue } from '../../contracts/json.ts';
import { storedKey } from '../../contracts/tables.ts';
import type { Repositories } from '../../db/index.ts';
import { setPath } from '../../engine/items/paths.ts';
import type { Effect, EffectSettings } from '../effect.ts';
import { inStore } from './store-failure.ts';

type Parameters = Resolved<z.output<typeof keyValueNode.parameters>>;

export function createKeyValueEffect({ db }: Pick<EffectSettings, 'db'>): Effect {
  return {
    async run(input) {
      // Parsed by the engine, with the same schema.
      const parameters = input.parameters as unknown as Parameters;
      return await inStore(db, input.context.workspace, (repositories) =>
        parameters.operation === 'list'
          ? listKeys(parameters, repositories)
          : oneKey(parameters, input, repositories),
      );
    },
  };
}

async function listKeys({ prefix, limit }: Parameters, { keyValues }: Repositories): Promise<EffectResult> {
  const found = await keyValues.list({ prefix, limit: Number(limit) });
  return {
    items: found.map(({ key, value, expiresAt }) => ({ json: { key, value, expiresAt: expiresAt ?? null } })),
  };
}

async function oneKey(
  parameters: Parameters,
  { items, context }: EffectInput,
  repositories: Repositories,
): Promise<EffectResult> {
  const item = items[0] ?? { json: {} };
  const json = { ...item.json };
  setPath(json, parameters.into, await outcomeOf(parameters, context.idempotencyKey, repositories));
  return { items: [{ ...item, json }] };
}

async function outcomeOf(
  parameters: Parameters,
  step: string,
  { keyValues }: Repositories,
): Promise<JsonValue> {
  const { operation, value, by } = parameters;
  const key = keyOf(parameters.key);
  const ttlSeconds = Number(parameters.ttl);
  switch (operation) {
    case 'set':
      await keyValues.set({ key, value: value as JsonValue, ttlSeconds, step });
      return value as JsonValue;
    case 'increment':
      return await keyValues.increment({ key, by: Number(by), ttlSeconds, step });
    case 'delete':
      return await keyValues.remove(key, step);
    default:
      return (await keyValues.get(key))?.value ?? null;
  }
}

function keyOf(given: string): string {
  if (storedKey.safeParse(given).success) return given;
  throw new StepFailure({
    code: 'bad-parameters',
    message: given === '' ? 'The key is empty.' : 'The key is longer than 256 characters.',
    hint: 'Correct the key, or the expression that gives it.',
  });
}
