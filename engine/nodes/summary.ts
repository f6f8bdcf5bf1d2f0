/** One value made of a field of many items: their sum, their average, their texts in one. */
import type { summaryOperations } from '../../contracts/catalogue/summarize.ts';
import type { JsonObject, JsonValue } from '../../contracts/json.ts';
import { canonical } from '../items/canonical.ts';
import { getPath } from '../items/paths.ts';
import { EngineFailure } from '../run/engine-failure.ts';
import { compareKeys, sortKey } from './value-order.ts';

export interface Summary {
  operation: (typeof summaryOperations)[number];
  /** Path of the field; empty counts the items themselves. */
  field: string;
  separator: string;
  includeEmpty: boolean;
}

/**
 * Nothing, null and the empty text are empty: left out unless asked for. Of no values, a count and a sum are 0, a list and a text
 * empty, everything else null.
 * @throws EngineFailure `wrong-type` for a sum, average or median over what does not read as a number.
 */
export function summaryOf(summary: Summary, items: readonly JsonObject[]): JsonValue {
  const { operation, field, separator, includeEmpty } = summary;
  if (field === '') return items.length;
  const all = items.map((json) => getPath(json, field) ?? null);
  const filled = all.filter((value) => value !== null && value !== '');
  const values = includeEmpty ? all : filled;
  switch (operation) {
    case 'count':
      return values.length;
    case 'countUnique':
      return new Set(values.map(canonical)).size;
    case 'sum':
      return total(numbers(filled, summary));
    case 'average':
      return filled.length === 0 ? null : total(numbers(filled, summary)) / filled.length;
    case 'median':
      return median(numbers(filled, summary));
    case 'min':
      return extreme(filled, -1);
    case 'max':
      return extreme(filled, 1);
    case 'first':
      return values[0] ?? null;
    case 'last':
      return values.at(-1) ?? null;
    case 'append':
      return values;
    case 'concatenate':
      return values.map(asText).join(separator);
  }
}

function numbers(values: readonly JsonValue[], { operation, field }: Summary): number[] {
  return values.map((value) => {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number === 'number' && Number.isFinite(number)) return number;
    throw new EngineFailure({
      code: 'wrong-type',
      message: `"${field}" should be a number for the operation "${operation}", but is ${JSON.stringify(value).slice(0, 80)}.`,
      hint: 'Turn the field into a number with Edit fields, or filter these items out first.',
    });
  });
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function median(values: number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The value that stands first (-1) or last (1) in the order of values; dates in ISO 8601 have theirs as text. */
function extreme(values: readonly JsonValue[], direction: 1 | -1): JsonValue {
  let found: JsonValue = null;
  for (const value of values)
    if (found === null || compareKeys(sortKey(value, false), sortKey(found, false)) * direction > 0)
      found = value;
  return found;
}

function asText(value: JsonValue): string {
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
