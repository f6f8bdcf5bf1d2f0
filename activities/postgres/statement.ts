/** The statement of an operation. Values are always parameters; names are quoted. */
import pg from 'pg';
import type { PostgresParameters } from '../../contracts/catalogue/postgres.ts';
import { StepFailure } from '../../contracts/effect.ts';
import type { JsonObject, JsonValue } from '../../contracts/json.ts';
import type { Tables } from './tables.ts';

export interface Statement {
  text: string;
  values: unknown[];
}

const operators: Record<PostgresParameters['conditions'][number]['operator'], string> = {
  ...{
    equals: '=',
    notEquals: 'is distinct from',
    greater: '>',
    greaterOrEqual: '>=',
    less: '<',
    lessOrEqual: '<=',
  },
  ...{ like: 'like', isNull: 'is null', isNotNull: 'is not null' },
};

export function isReadOnly({ operation, readOnly }: PostgresParameters): boolean {
  return operation === 'select' || (operation === 'query' && readOnly);
}

/** @param json of the item, for columns that are its fields. @throws StepFailure `no-such-column`, `no-values`, or as `tables` does */
export async function statementOf(
  parameters: PostgresParameters,
  json: JsonObject,
  tables: Tables,
): Promise<Statement> {
  if (parameters.operation === 'query')
    return {
      text: parameters.query,
      values: parameters.values.map(({ value }) => (typeof value === 'object' ? toPg(value, '') : value)),
    };
  const types = await tables.columnsOf(parameters.schema, parameters.table);
  const builder = new StatementBuilder(parameters, types);
  switch (parameters.operation) {
    case 'select':
      return builder.select();
    case 'delete':
      return builder.delete();
    default:
      return builder.write(parameters.operation, json);
  }
}

class StatementBuilder {
  private readonly parameters: PostgresParameters;
  private readonly types: ReadonlyMap<string, string>;
  private readonly values: unknown[] = [];

  constructor(parameters: PostgresParameters, types: ReadonlyMap<string, string>) {
    this.parameters = parameters;
    this.types = types;
  }

  select(): Statement {
    const { sort, limit } = this.parameters;
    const order = sort.map(({ column, direction }) => `${this.name(column)} ${direction}`).join(', ');
    const where = this.where();
    return this.done(
      `select * from ${this.table()}${where}${order === '' ? '' : ` order by ${order}`} limit ${this.put(Number(limit))}`,
    );
  }

  delete(): Statement {
    const where = this.where();
    if (where === '') throw noValues('a condition');
    return this.done(`delete from ${this.table()}${where} returning *`);
  }

  write(operation: 'insert' | 'update' | 'upsert', json: JsonObject): Statement {
    const row = this.row(json);
    if (row.size === 0) throw noValues('a value');
    const match = operation === 'insert' ? [] : this.matchColumns(row);
    const others = [...row.keys()].filter((column) => !match.includes(column));
    const put = (column: string) => this.put(toPg(row.get(column) ?? null, this.types.get(column) ?? ''));
    const set = (columns: string[]) =>
      columns.map((column) => `${this.name(column)} = ${put(column)}`).join(', ');
    if (operation === 'update') {
      if (others.length === 0) throw noValues('a value besides the columns that find the row');
      const found = match.map((column) => `${this.name(column)} = ${put(column)}`).join(' and ');
      return this.done(`update ${this.table()} set ${set(others)} where ${found} returning *`);
    }
    const columns = [...row.keys()];
    const insert = `insert into ${this.table()} (${columns.map((column) => this.name(column)).join(', ')}) values (${columns.map(put).join(', ')})`;
    if (operation === 'insert') return this.done(`${insert} returning *`);
    // An update of something is needed for the row to come back.
    const changed = (others.length > 0 ? others : match)
      .map((column) => `${this.name(column)} = excluded.${this.name(column)}`)
      .join(', ');
    const conflict = match.map((column) => this.name(column)).join(', ');
    return this.done(`${insert} on conflict (${conflict}) do update set ${changed} returning *`);
  }

  private row(json: JsonObject): Map<string, JsonValue> {
    const { columnsFrom, columns } = this.parameters;
    if (columnsFrom === 'item') return new Map(Object.entries(json));
    return new Map(columns.filter(({ column }) => column !== '').map(({ column, value }) => [column, value]));
  }

  private matchColumns(row: ReadonlyMap<string, JsonValue>): string[] {
    const names = this.parameters.matchColumns
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '');
    for (const name of names) if (!row.has(name)) throw noValues(`a value of "${name}", which finds the row`);
    if (names.length === 0) throw noValues('columns that find the row');
    return names;
  }

  private where(): string {
    const { conditions, combine } = this.parameters;
    const parts = conditions.map(({ column, operator, value }) => {
      const name = this.name(column);
      if (operator === 'isNull' || operator === 'isNotNull') return `${name} ${operators[operator]}`;
      return `${name} ${operators[operator]} ${this.put(toPg(value, this.types.get(column) ?? ''))}`;
    });
    return parts.length === 0 ? '' : ` where ${parts.join(` ${combine} `)}`;
  }

  private put(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }

  private table(): string {
    return `${quoted(this.parameters.schema)}.${quoted(this.parameters.table)}`;
  }

  private name(column: string): string {
    if (this.types.has(column)) return quoted(column);
    throw new StepFailure({
      code: 'no-such-column',
      message: `The table "${this.parameters.table}" has no column "${column}".`,
      hint: `It has: ${[...this.types.keys()].slice(0, 30).join(', ')}. Rename or remove fields before this node, or list the columns.`,
    });
  }

  private done(text: string): Statement {
    return { text, values: this.values };
  }
}

function quoted(name: string): string {
  return (pg as unknown as { escapeIdentifier(name: string): string }).escapeIdentifier(name);
}

/** As the driver wants it: it would send a list for a jsonb column as an array of Postgres. */
function toPg(value: JsonValue, type: string): unknown {
  if (type === 'json' || type === 'jsonb') return value === null ? null : JSON.stringify(value);
  if (Array.isArray(value)) return type === '' || type.endsWith('[]') ? value : JSON.stringify(value);
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}

function noValues(what: string): StepFailure {
  return new StepFailure({
    code: 'no-values',
    message: `The operation needs ${what}, and there is none.`,
    hint: 'Look at the item that comes in, and at the fields of this node.',
  });
}
