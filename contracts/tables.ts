/** Data tables and stored keys of a workspace: what a cell holds, how rows are found, and how much there may be. */
import { z } from 'zod';
import { type JsonValue, jsonValue } from './json.ts';

export const columnTypes = ['text', 'number', 'boolean', 'date', 'json'] as const;
export type ColumnType = (typeof columnTypes)[number];

/** Sizes in bytes of JSON. */
export const tableLimits = {
  tables: 100,
  columns: 50,
  rows: 100_000,
  rowBytes: 64_000,
  tableBytes: 50_000_000,
  /** Rows that one update or delete gives back; it may touch more. */
  rowsGiven: 1_000,
  keys: 100_000,
  keyBytes: 64_000,
} as const;

/** `id`, `createdAt` and `updatedAt` are every row's own. */
export const columnName = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .refine(
    (name) => !['id', 'createdAt', 'updatedAt', '__proto__'].includes(name),
    'This name is taken by every row.',
  );

export const column = z.object({ name: columnName, type: z.enum(columnTypes).default('text') });
export type Column = z.output<typeof column>;

export const rowOperators = [
  'equals',
  'notEquals',
  'gt',
  'gte',
  'lt',
  'lte',
  'contains',
  'empty',
  'notEmpty',
] as const;
export type RowOperator = (typeof rowOperators)[number];

export interface RowCondition {
  column: string;
  operator: RowOperator;
  value: JsonValue;
}

export interface RowFilter {
  match: 'all' | 'any';
  conditions: readonly RowCondition[];
}

export const storedKey = z.string().min(1).max(256);
export const cellValue = jsonValue;

/**
 * A value as a column of this type keeps it: dates in ISO 8601 (UTC), numbers that came as text as numbers, nothing and empty text
 * as null (except in a column of text).
 * @returns undefined for a value that does not fit
 */
export function toCell(value: JsonValue | undefined, type: ColumnType): JsonValue | undefined {
  if (value === null || value === undefined) return null;
  if (value === '' && type !== 'text') return null;
  switch (type) {
    case 'text':
      return typeof value === 'object' ? JSON.stringify(value) : String(value);
    case 'number':
      return toNumber(value);
    case 'boolean':
      return toBoolean(value);
    case 'date':
      return toDate(value);
    case 'json':
      return typeof value === 'string' ? (parsed(value) ?? value) : value;
  }
}

function toNumber(value: JsonValue): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

function toBoolean(value: JsonValue): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const text = String(value).trim().toLowerCase();
  if (['true', '1', 'yes'].includes(text)) return true;
  return ['false', '0', 'no'].includes(text) ? false : undefined;
}

/** ISO 8601 (without an offset: UTC), or milliseconds since 1970. */
function toDate(value: JsonValue): string | undefined {
  if (typeof value === 'object' || typeof value === 'boolean') return undefined;
  if (typeof value === 'string' && !/^\d{4}-\d{2}(-\d{2})?([T ]|$)/.test(value.trim())) return undefined;
  const text = typeof value === 'string' ? value.trim().replace(' ', 'T') : value;
  const zoned = typeof text === 'string' && text.includes('T') && !/(Z|[+-]\d{2}:?\d{2})$/.test(text);
  const date = new Date(zoned ? `${text}Z` : text);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

function parsed(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
