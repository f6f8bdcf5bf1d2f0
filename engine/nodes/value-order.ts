/**
 * The order of JSON values, one and the same on every machine: nothing here asks for a locale. Numbers come before text, text before
 * true and false, these before lists and objects; what is missing or null comes last, in either direction.
 */
import type { JsonValue } from '../../contracts/json.ts';

/** A value made ready to be compared: first by rank, then, of the same rank, by key. */
export interface SortKey {
  rank: number;
  key: number | string;
}

const missing: SortKey = { rank: 4, key: 0 };

export function compareKeys(a: SortKey, b: SortKey, descending = false): number {
  if (a.rank === missing.rank || b.rank === missing.rank) return a.rank - b.rank;
  const result = a.rank - b.rank || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
  return descending ? -result : result;
}

/**
 * Text goes by its characters with the accents taken apart (NFD), so that "á" stands among the words with "a" and not after "z",
 * and both ways of writing "á" are the same.
 */
export function sortKey(value: JsonValue | undefined, ignoreCase: boolean): SortKey {
  if (value === undefined || value === null || Number.isNaN(value)) return missing;
  if (typeof value === 'number') return { rank: 0, key: value };
  if (typeof value === 'boolean') return { rank: 2, key: Number(value) };
  const text = (typeof value === 'string' ? value : JSON.stringify(value)).normalize('NFD');
  return { rank: typeof value === 'string' ? 1 : 3, key: ignoreCase ? text.toLowerCase() : text };
}
