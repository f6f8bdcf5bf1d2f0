/** Items from JSON that a person typed: one object, a list of objects, or full items (`{ "json": … }`). */
import { type Item, items as itemsSchema } from '../../../../../contracts/item.ts';

export type ReadItems =
  | { kind: 'items'; items: Item[] }
  | { kind: 'notJson'; reason: string }
  | { kind: 'notItems' };

export function readItems(text: string): ReadItems {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { kind: 'notJson', reason: error instanceof Error ? error.message : String(error) };
  }
  const list: unknown[] = Array.isArray(value) ? value : [value];
  const wrapped = list.map((entry) => (isItem(entry) ? entry : { json: entry }));
  const parsed = itemsSchema.safeParse(wrapped);
  return parsed.success ? { kind: 'items', items: parsed.data } : { kind: 'notItems' };
}

function isItem(entry: unknown): boolean {
  if (typeof entry !== 'object' || entry === null || !('json' in entry)) return false;
  return Object.keys(entry).every((key) => ['json', 'binary', 'pairedItem'].includes(key));
}
