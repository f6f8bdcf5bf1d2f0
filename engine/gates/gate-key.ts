/** Which of a trigger's gates a delivery comes to: the value at a path, or of an expression. */
import { isExpression } from '../../contracts/expression.ts';
import type { Item } from '../../contracts/item.ts';
import type { JsonValue } from '../../contracts/json.ts';
import { compileParameters, createBudget, createScope } from '../expressions/index.ts';
import { valueAt } from '../items/paths.ts';
import { EngineFailure } from '../run/engine-failure.ts';
import { failureOf } from '../run/failure-of.ts';
import { seededRandom } from '../run/seeded-random.ts';

export interface GateKeyInput {
  /** As the builder gave it. */
  key: string;
  item: Item;
  /** What a path goes into. */
  body: JsonValue | undefined;
  /** The delivery's id. */
  id: string;
  kind: 'webhook' | 'event';
  automation: { id: string; name: string };
  node: string;
  timezone: string;
  now: number;
}

/** Empty: the gate that all share, also those without such a value. @throws EngineFailure `gate-key` when the expression fails */
export function gateKeyOf(input: GateKeyInput): string {
  const { key } = input;
  if (key === '') return '';
  const value = isExpression(key) ? evaluated(input) : valueAt(input.body, key.split('.'));
  return typeof value === 'string'
    ? value
    : value === null || value === undefined
      ? ''
      : JSON.stringify(value);
}

function evaluated({ key, item, id, kind, automation, node, timezone, now }: GateKeyInput): unknown {
  try {
    const scope = createScope({
      items: [item],
      runIndex: 0,
      now,
      zone: timezone,
      random: seededRandom(id),
      workflow: { ...automation, active: true },
      execution: { id, mode: kind },
    });
    return (compileParameters({ key })(scope, createBudget()) as { key: unknown }).key;
  } catch (error) {
    throw new EngineFailure({
      code: 'gate-key',
      message: `The key of the gate could not be worked out: ${failureOf(error, node).message}`,
      hint: 'Correct the expression in the trigger: it sees the delivery as an item.',
      node,
    });
  }
}
