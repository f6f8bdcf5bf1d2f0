/** Conditions on rows of a data table as SQL. Names and values are parameters of the statement, never part of its text. */
import type { JsonValue } from '../../contracts/json.ts';
import {
  type Column,
  type ColumnType,
  type RowCondition,
  type RowFilter,
  toCell,
} from '../../contracts/tables.ts';
import { likePattern } from '../sql.ts';
import { StoreRefusal } from './store-refusal.ts';

const casts: Record<ColumnType, string> = {
  text: '',
  number: '::numeric',
  boolean: '::boolean',
  // As the cells hold them: ISO 8601 in UTC, whose order as text is that of time.
  date: '',
  json: '',
};

const signs = {
  equals: 'is not distinct from',
  notEquals: 'is distinct from',
  gt: '>',
  gte: '>=',
  lt: '<',
  lte: '<=',
};

/** Gives places to values of a statement. */
export class SqlValues {
  readonly list: unknown[];

  constructor(...first: unknown[]) {
    this.list = first;
  }

  /** @returns `$n` */
  put(value: unknown): string {
    return `$${this.list.push(value)}`;
  }
}

/** @throws StoreRefusal `column-missing`, `bad-cell` */
export function whereRows(filter: RowFilter, columns: readonly Column[], parameters: SqlValues): string {
  if (filter.conditions.length === 0) return 'true';
  const parts = filter.conditions.map((condition) => `(${wherePart(condition, columns, parameters)})`);
  return parts.join(filter.match === 'any' ? ' or ' : ' and ');
}

function wherePart(
  { column, operator, value }: RowCondition,
  columns: readonly Column[],
  parameters: SqlValues,
): string {
  const { expression, type, text } = columnSql(column, columns, parameters);
  if (operator === 'empty') return `coalesce(${text}, '') = ''`;
  if (operator === 'notEmpty') return `coalesce(${text}, '') <> ''`;
  if (operator === 'contains') return `${text} ilike ${parameters.put(likePattern(String(value ?? '')))}`;
  const cell = cellOf(value, column, type);
  const right = type === 'json' && typeof cell !== 'string' && cell !== null ? JSON.stringify(cell) : cell;
  const place = parameters.put(right === null ? null : String(right));
  return `${expression} ${signs[operator]} (${place}::text)${type === 'json' ? '' : casts[type]}`;
}

/** How a column reads in a statement; `id`, `createdAt` and `updatedAt` are columns too. */
export function columnSql(
  name: string,
  columns: readonly Column[],
  parameters: SqlValues,
): { expression: string; text: string; type: ColumnType } {
  if (name === 'id') return { expression: 'id::numeric', text: 'id::text', type: 'number' };
  if (name === 'createdAt' || name === 'updatedAt') {
    const at = name === 'createdAt' ? 'created_at' : 'updated_at';
    const text = `to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
    return { expression: text, text, type: 'date' };
  }
  const column = columns.find((candidate) => candidate.name === name);
  if (!column) throw new StoreRefusal('column-missing', { column: name });
  const text = `("values" ->> ${parameters.put(name)})`;
  return { expression: `${text}${casts[column.type]}`, text, type: column.type };
}

/** @throws StoreRefusal `bad-cell` */
export function cellOf(value: JsonValue | undefined, column: string, type: ColumnType): JsonValue {
  const cell = toCell(value, type);
  if (cell !== undefined) return cell;
  throw new StoreRefusal('bad-cell', { column, type, value: String(JSON.stringify(value)).slice(0, 80) });
}
