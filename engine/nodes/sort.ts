/**
 * Sorts items by fields. The order is one and the same on every machine: nothing here asks for a locale. Numbers come before text,
 * text before true and false, these before lists and objects; what is missing or null comes last, in either direction.
 */
import type { z } from 'zod';
import type { sortNode } from '../../contracts/catalogue/sort.ts';
import type { Resolved } from '../../contracts/expression.ts';
import type { JsonValue } from '../../contracts/json.ts';
import { getPath } from '../items/paths.ts';
import { refuseUnknownFields } from './known-fields.ts';
import type { ListNode } from './list-node.ts';

/** A value made ready to be compared: first by rank, then, of the same rank, by key. */
interface SortKey {
  rank: number;
  key: number | string;
}

const missing: SortKey = { rank: 4, key: 0 };

export const runSort: ListNode<Resolved<z.output<typeof sortNode.parameters>>> = ({ items, parameters }) => {
  const { fields, ignoreCase } = parameters;
  refuseUnknownFields(
    items,
    fields.map(({ name }) => name),
  );
  // The keys are made once per item, not once per comparison.
  const rows = items.map((item, position) => ({
    position,
    keys: fields.map(({ name }) => sortKey(getPath(item.json, name), ignoreCase)),
  }));
  rows.sort((a, b) => {
    for (const [at, { order }] of fields.entries()) {
      const result = compare(a.keys[at]!, b.keys[at]!, order === 'descending');
      if (result !== 0) return result;
    }
    return a.position - b.position;
  });
  return rows.map(({ position }) => ({ port: 'main', item: items[position]!, from: [position] }));
};

function compare(a: SortKey, b: SortKey, descending: boolean): number {
  if (a.rank === missing.rank || b.rank === missing.rank) return a.rank - b.rank;
  const result = a.rank - b.rank || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
  return descending ? -result : result;
}

/**
 * Text goes by its characters with the accents taken apart (NFD), so that "á" stands among the words with "a" and not after "z",
 * and both ways of writing "á" are the same.
 */
function sortKey(value: JsonValue | undefined, ignoreCase: boolean): SortKey {
  if (value === undefined || value === null || Number.isNaN(value)) return missing;
  if (typeof value === 'number') return { rank: 0, key: value };
  if (typeof value === 'boolean') return { rank: 2, key: Number(value) };
  const text = (typeof value === 'string' ? value : JSON.stringify(value)).normalize('NFD');
  return { rank: typeof value === 'string' ? 1 : 3, key: ignoreCase ? text.toLowerCase() : text };
}
