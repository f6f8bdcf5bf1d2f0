/** Rows of data tables. Cells are checked against their columns on the way in; tables are named by id or by name. */
import type { JsonObject, JsonValue } from '../../contracts/json.ts';
import { type Column, type RowFilter, tableLimits } from '../../contracts/tables.ts';
import { likePattern, type Sql, toMoment } from '../sql.ts';
import { lockTable, type TableRow } from './data-tables.ts';
import { cellOf, columnSql, SqlValues, whereRows } from './row-filter.ts';
import { onceByStep } from './step-results.ts';
import { StoreRefusal } from './store-refusal.ts';

/** The cells by column, and `id`, `createdAt`, `updatedAt`. */
export type StoredRow = JsonObject & { id: number };

export interface RowQuery extends RowFilter {
  /** Text that some cell holds. */
  search?: string | undefined;
  sort?: { column: string; descending: boolean } | undefined;
  limit: number;
  offset?: number | undefined;
}

/** What an update or delete did: with the rows themselves, as long as there are not too many. */
export type Touched = { count: number; rows: StoredRow[] };

/** Every write takes the key of the step that asks: when it asks twice, it is done once. Left out by people. */
export interface DataTableRowsRepository {
  /** In the order of their numbers where nothing else is said. @throws StoreRefusal */
  find(table: string, query: RowQuery): Promise<StoredRow[]>;
  /** @throws StoreRefusal `table-missing`, `column-missing`, `bad-cell`, `row-too-large`, `table-full` */
  insert(table: string, rows: readonly JsonObject[], step?: string): Promise<StoredRow[]>;
  /** Sets these cells in the rows found. @param create a row of them when none is found */
  update(
    table: string,
    filter: RowFilter,
    cells: JsonObject,
    options?: { create?: boolean; step?: string | undefined },
  ): Promise<Touched>;
  remove(table: string, filter: RowFilter, step?: string): Promise<Touched>;
}

interface Row {
  id: number;
  values: JsonObject;
  created_at: string;
  updated_at: string;
}

const rowColumns = 'id, "values", created_at, updated_at';

export function createDataTableRowsRepository(sql: Sql, workspace: string): DataTableRowsRepository {
  async function locked(inside: Sql, name: string): Promise<TableRow> {
    const table = await lockTable(inside, workspace, name);
    if (table) return table;
    throw new StoreRefusal('table-missing', { table: name });
  }

  async function add(inside: Sql, table: TableRow, rows: readonly JsonObject[]): Promise<StoredRow[]> {
    if (table.rows + rows.length > tableLimits.rows)
      throw new StoreRefusal('table-full', { table: table.name, most: `${tableLimits.rows} rows` });
    const texts = rows.map((row) => cellsText(row, table.columns));
    const added = await inside.query<Row>(
      `insert into data_table_rows (data_table, id, workspace, "values", bytes, created_at, updated_at)
       select $1, $3 + position - 1, $2, value::jsonb, octet_length(value), now(), now()
       from unnest($4::text[]) with ordinality as given(value, position)
       returning ${rowColumns}`,
      [table.id, workspace, table.next_row, texts],
    );
    await recount(inside, table, rows.length);
    return added.sort((a, b) => a.id - b.id).map(toRow);
  }

  /** After a write. @param numbers that new rows took */
  async function recount(inside: Sql, table: TableRow, numbers = 0): Promise<void> {
    const [now] = await inside.query<{ bytes: number }>(
      `update data_tables set updated_at = now(), next_row = next_row + $2, (rows, bytes) =
         (select count(*)::int, coalesce(sum(bytes), 0)::int from data_table_rows where data_table = $1)
       where id = $1 returning bytes`,
      [table.id, numbers],
    );
    if (now && now.bytes > tableLimits.tableBytes && now.bytes > table.bytes)
      throw new StoreRefusal('table-full', {
        table: table.name,
        most: `${tableLimits.tableBytes / 1_000_000} MB`,
      });
  }

  return {
    async find(name, { sort, search, limit, offset = 0, ...filter }) {
      const [table] = await sql.query<{ id: string; columns: Column[] }>(
        `select id, columns from data_tables where workspace = $1 and (id = $2 or name = $2) order by id = $2 desc limit 1`,
        [workspace, name],
      );
      if (!table) throw new StoreRefusal('table-missing', { table: name });
      const values = new SqlValues(table.id);
      const where = [whereRows(filter, table.columns, values)];
      if (search) where.push(`"values"::text ilike ${values.put(likePattern(search))}`);
      const by = sort && columnSql(sort.column, table.columns, values).expression;
      const order = by ? `${by} ${sort.descending ? 'desc' : 'asc'} nulls last, id` : 'id';
      const rows = await sql.query<Row>(
        `select ${rowColumns} from data_table_rows where data_table = $1 and ${where.join(' and ')}
         order by ${order} limit ${values.put(limit)} offset ${values.put(offset)}`,
        values.list,
      );
      return rows.map(toRow);
    },

    insert: (name, rows, step) =>
      onceByStep(sql, workspace, step, async (inside) => add(inside, await locked(inside, name), rows)),

    update: (name, filter, cells, { create = false, step } = {}) =>
      onceByStep<Touched>(sql, workspace, step, async (inside) => {
        const table = await locked(inside, name);
        const values = new SqlValues(table.id, cellsText(cells, table.columns));
        const where = whereRows(filter, table.columns, values);
        const touched = await inside.query<Row>(
          `update data_table_rows set "values" = "values" || $2::jsonb, updated_at = now(),
             bytes = octet_length(("values" || $2::jsonb)::text)
           where data_table = $1 and ${where} returning ${rowColumns}`,
          values.list,
        );
        if (touched.length === 0 && create) return { count: 1, rows: await add(inside, table, [cells]) };
        if (touched.length > 0) await recount(inside, table);
        return given(touched);
      }),

    remove: (name, filter, step) =>
      onceByStep<Touched>(sql, workspace, step, async (inside) => {
        const table = await locked(inside, name);
        const values = new SqlValues(table.id);
        const where = whereRows(filter, table.columns, values);
        const touched = await inside.query<Row>(
          `delete from data_table_rows where data_table = $1 and ${where} returning ${rowColumns}`,
          values.list,
        );
        if (touched.length > 0) await recount(inside, table);
        return given(touched);
      }),
  };
}

/** The cells of a row as JSON. @throws StoreRefusal `column-missing`, `bad-cell`, `row-too-large` */
function cellsText(row: JsonObject, columns: readonly Column[]): string {
  const types = new Map(columns.map(({ name, type }) => [name, type]));
  const cells = Object.entries(row).map(([name, value]): [string, JsonValue] => {
    const type = types.get(name);
    if (!type) throw new StoreRefusal('column-missing', { column: name });
    return [name, cellOf(value, name, type)];
  });
  // `\u0000` is JSON, but no text that Postgres could keep.
  const text = JSON.stringify(Object.fromEntries(cells)).replaceAll('\\u0000', '');
  const bytes = Buffer.byteLength(text);
  if (bytes <= tableLimits.rowBytes) return text;
  throw new StoreRefusal('row-too-large', { bytes, most: tableLimits.rowBytes });
}

function given(rows: Row[]): Touched {
  const shown = rows.length <= tableLimits.rowsGiven ? rows.sort((a, b) => a.id - b.id).map(toRow) : [];
  return { count: rows.length, rows: shown };
}

function toRow({ id, values, created_at, updated_at }: Row): StoredRow {
  return { ...values, id, createdAt: toMoment(created_at), updatedAt: toMoment(updated_at) };
}
