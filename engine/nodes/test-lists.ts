/** Short ways to run nodes that compute over lists in tests. */
import type { JsonObject } from '../../contracts/json.ts';
import { createBudget } from '../expressions/index.ts';
import { listNodes } from './index.ts';
import type { ListEmission } from './list-node.ts';

/** What the node gives for these items. They are frozen all the way down: a node that changes one throws. */
export function runListNode(
  type: string,
  parameters: Record<string, unknown>,
  list: readonly JsonObject[],
): ListEmission[] {
  const items = freeze(list.map((json) => ({ json })));
  const budget = createBudget();
  return listNodes[type]!({ items, parameters, budget, timezone: 'UTC', maxItems: 100_000 });
}

/** `count` items, numbered: `{ n: 0 }`, `{ n: 1 }`, … */
export function thousands(count: number): JsonObject[] {
  return Array.from({ length: count }, (_, n) => ({ n }));
}

function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const entry of Object.values(value)) freeze(entry);
  return Object.freeze(value);
}
