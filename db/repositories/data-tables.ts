/** The data tables of a workspace and their columns. Rows: data-table-rows.ts. */
import { ulid } from 'ulid';
import { type Column, tableLimits } from '../../contracts/tables.ts';
import { type Sql, toMoment } from '../sql.ts';
import { StoreRefusal } from './store-refusal.ts';

export interface StoredTable {
  id: string;
  name: string;
  columns: Column[];
  /** How many there are. */
  rows: number;
  bytes: number;
  createdAt: string;
  updatedAt: string;
}

export interface DataTablesRepository {
  /** By name. */
  list(): Promise<StoredTable[]>;
  get(id: string): Promise<StoredTable | undefined>;
  /** @throws StoreRefusal `name-taken`, `too-many-tables`, `column-taken`, `too-many-columns` */
  create(input: { name: string; columns: Column[] }): Promise<StoredTable>;
  /** @throws StoreRefusal `name-taken` */
  rename(id: string, name: string): Promise<StoredTable | undefined>;
  /** @throws StoreRefusal `column-taken`, `too-many-columns` */
  addColumn(id: string, column: Column): Promise<StoredTable | undefined>;
  /** Its cells follow. @throws StoreRefusal `column-missing`, `column-taken` */
  renameColumn(id: string, from: string, to: string): Promise<StoredTable | undefined>;
  /** Its cells go with it. @throws StoreRefusal `column-missing` */
  removeColumn(id: string, name: string): Promise<StoredTable | undefined>;
  remove(id: string): Promise<StoredTable | undefined>;
}

export interface TableRow {
  id: string;
  name: string;
  columns: Column[];
  next_row: number;
  rows: number;
  bytes: number;
  created_at: string;
  updated_at: string;
}

export const tableColumns = 'id, name, columns, next_row, rows, bytes, created_at, updated_at';

export function createDataTablesRepository(sql: Sql, workspace: string): DataTablesRepository {
  async function changeColumns(
    id: string,
    change: (columns: Column[], inside: Sql) => Promise<Column[]>,
  ): Promise<StoredTable | undefined> {
    return sql.transaction(async (inside) => {
      const table = await lockTable(inside, workspace, id);
      if (!table) return undefined;
      const columns = await change(table.columns, inside);
      refuseColumns(columns);
      const [row] = await inside.query<TableRow>(
        `update data_tables set columns = $3::text::jsonb, updated_at = now(),
           bytes = (select coalesce(sum(bytes), 0)::int from data_table_rows where data_table = $2)
         where workspace = $1 and id = $2 returning ${tableColumns}`,
        [workspace, id, JSON.stringify(columns)],
      );
      return row && toTable(row);
    });
  }

  return {
    async list() {
      const rows = await sql.query<TableRow>(
        `select ${tableColumns} from data_tables where workspace = $1 order by lower(name), name`,
        [workspace],
      );
      return rows.map(toTable);
    },

    async get(id) {
      const [row] = await sql.query<TableRow>(
        `select ${tableColumns} from data_tables where workspace = $1 and id = $2`,
        [workspace, id],
      );
      return row && toTable(row);
    },

    async create({ name, columns }) {
      refuseColumns(columns);
      return sql.transaction(async (inside) => {
        const [counted] = await inside.query<{ count: number }>(
          'select count(*)::int as count from data_tables where workspace = $1',
          [workspace],
        );
        if ((counted?.count ?? 0) >= tableLimits.tables)
          throw new StoreRefusal('too-many-tables', { most: tableLimits.tables });
        const [row] = await inside.query<TableRow>(
          `insert into data_tables (id, workspace, name, columns, next_row, rows, bytes, created_at, updated_at)
           values ($1, $2, $3, $4::text::jsonb, 1, 0, 0, now(), now())
           on conflict (workspace, name) do nothing returning ${tableColumns}`,
          [ulid(), workspace, name, JSON.stringify(columns)],
        );
        if (!row) throw new StoreRefusal('name-taken', { name });
        return toTable(row);
      });
    },

    async rename(id, name) {
      return sql.transaction(async (inside) => {
        const [taken] = await inside.query(
          'select 1 from data_tables where workspace = $1 and name = $2 and id <> $3',
          [workspace, name, id],
        );
        if (taken) throw new StoreRefusal('name-taken', { name });
        const [row] = await inside.query<TableRow>(
          `update data_tables set name = $3, updated_at = now() where workspace = $1 and id = $2 returning ${tableColumns}`,
          [workspace, id, name],
        );
        return row && toTable(row);
      });
    },

    addColumn: (id, column) => changeColumns(id, async (columns) => [...columns, column]),

    renameColumn: (id, from, to) =>
      changeColumns(id, async (columns, inside) => {
        refuseAbsent(columns, from);
        await inside.query(
          `update data_table_rows set "values" = ("values" - $2) || jsonb_build_object($3::text, "values" -> $2)
           where data_table = $1 and "values" -> $2 is not null`,
          [id, from, to],
        );
        return columns.map((column) => (column.name === from ? { ...column, name: to } : column));
      }),

    removeColumn: (id, name) =>
      changeColumns(id, async (columns, inside) => {
        refuseAbsent(columns, name);
        await inside.query(
          `update data_table_rows set "values" = "values" - $2, bytes = octet_length(("values" - $2)::text)
           where data_table = $1`,
          [id, name],
        );
        return columns.filter((column) => column.name !== name);
      }),

    async remove(id) {
      const [row] = await sql.query<TableRow>(
        `delete from data_tables where workspace = $1 and id = $2 returning ${tableColumns}`,
        [workspace, id],
      );
      return row && toTable(row);
    },
  };
}

/** Whoever writes rows or columns holds the table: its counts stay right, and an upsert is one thing. @param id or its name */
export async function lockTable(inside: Sql, workspace: string, id: string): Promise<TableRow | undefined> {
  const [row] = await inside.query<TableRow>(
    `select ${tableColumns} from data_tables where workspace = $1 and (id = $2 or name = $2)
     order by id = $2 desc limit 1 for update`,
    [workspace, id],
  );
  return row;
}

export function toTable({ created_at, updated_at, next_row: _, ...row }: TableRow): StoredTable {
  return { ...row, createdAt: toMoment(created_at), updatedAt: toMoment(updated_at) };
}

function refuseColumns(columns: readonly Column[]): void {
  if (columns.length > tableLimits.columns)
    throw new StoreRefusal('too-many-columns', { most: tableLimits.columns });
  const names = new Set<string>();
  for (const { name } of columns) {
    if (names.has(name)) throw new StoreRefusal('column-taken', { column: name });
    names.add(name);
  }
}

function refuseAbsent(columns: readonly Column[], name: string): void {
  if (!columns.some((column) => column.name === name))
    throw new StoreRefusal('column-missing', { column: name });
}
