import type { JsonObject } from '../../contracts/json.ts';

/**
 * The columns of a table of items.
 * @param wanted names or paths separated by commas; empty: every field, in the order in which they first appear
 */
export function columnsOf(items: readonly JsonObject[], wanted: string): string[] {
  const named = wanted
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (named.length > 0) return named;
  const names = new Set<string>();
  for (const json of items) for (const name of Object.keys(json)) names.add(name);
  return [...names];
}
