/** Rows of a data table: by page, as CSV, and one by one for the page where people edit cells. */
import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import { z } from 'zod';
import { changeRow, insertedRows, insertRows, listRows, row, rowPage } from '../../contracts/api/tables.ts';
import type { JsonValue } from '../../contracts/json.ts';
import type { Database, StoredRow, StoredTable } from '../../db/index.ts';
import { notFound, refusable } from '../problems.ts';
import { defineRoute } from '../route.ts';
import { tableResource } from './tables.ts';

const tag = 'tables';
const params = z.object({ table: z.string() });
const rowParams = z.object({ table: z.string(), row: z.string().regex(/^\d{1,9}$/) });
const everything = { match: 'all', conditions: [] } as const;

export const list = defineRoute({
  method: 'get',
  path: '/tables/:table/rows',
  summary: 'Rows of a data table, page by page',
  tag,
  auth: 'table.view',
  params,
  query: listRows,
  responses: { 200: rowPage },
  handler: async ({ principal: { workspace }, params: { table: id }, query }, { db }) => {
    await tableOf(db, workspace, id);
    const { limit, search } = query;
    const offset = /^\d{1,9}$/.test(query.cursor ?? '') ? Number(query.cursor) : 0;
    const items = await refusable(
      db.inWorkspace(workspace, ({ dataTableRows }) =>
        dataTableRows.find(id, { ...everything, search, sort: sortOf(query.sort), limit: limit + 1, offset }),
      ),
    );
    const more = items.length > limit;
    return {
      status: 200,
      body: { items: items.slice(0, limit), ...(more && { nextCursor: String(offset + limit) }) },
    };
  },
});

export const insert = defineRoute({
  method: 'post',
  path: '/tables/:table/rows',
  summary: 'Add rows to a data table',
  description: 'All of them, or none when one does not fit.',
  tag,
  auth: 'table.edit',
  audit: 'table.insert-rows',
  idempotent: true,
  params,
  body: insertRows,
  responses: { 201: insertedRows },
  handler: async ({ principal: { workspace }, params: { table: id }, body, note }, { db }) => {
    const known = await tableOf(db, workspace, id);
    const items = await refusable(
      db.inWorkspace(workspace, ({ dataTableRows }) => dataTableRows.insert(id, body.rows)),
    );
    note({ resource: tableResource(known), after: { rows: items.length } });
    return { status: 201, body: { items } };
  },
});

export const change = defineRoute({
  method: 'patch',
  path: '/tables/:table/rows/:row',
  summary: 'Change cells of a row',
  tag,
  auth: 'table.edit',
  audit: 'table.update-row',
  params: rowParams,
  body: changeRow,
  responses: { 200: row },
  handler: async ({ principal: { workspace }, params: { table: id, row: number }, body, note }, { db }) => {
    const known = await tableOf(db, workspace, id);
    const { rows } = await refusable(
      db.inWorkspace(workspace, ({ dataTableRows }) =>
        dataTableRows.update(id, byNumber(number), body.cells),
      ),
    );
    if (!rows[0]) throw notFound('row');
    note({ resource: tableResource(known), after: { row: rows[0].id, cells: Object.keys(body.cells) } });
    return { status: 200, body: rows[0] };
  },
});

export const remove = defineRoute({
  method: 'delete',
  path: '/tables/:table/rows/:row',
  summary: 'Delete a row',
  tag,
  auth: 'table.edit',
  audit: 'table.delete-row',
  params: rowParams,
  responses: { 204: null },
  handler: async ({ principal: { workspace }, params: { table: id, row: number }, note }, { db }) => {
    const known = await tableOf(db, workspace, id);
    const { count } = await db.inWorkspace(workspace, ({ dataTableRows }) =>
      dataTableRows.remove(id, byNumber(number)),
    );
    if (count === 0) throw notFound('row');
    note({ resource: tableResource(known), before: { row: Number(number) } });
    return { status: 204 };
  },
});

export const exportCsv = defineRoute({
  method: 'get',
  path: '/tables/:table/rows.csv',
  summary: 'A data table as CSV',
  description: 'Cells that a spreadsheet would take for a formula begin with an apostrophe.',
  tag,
  auth: 'table.view',
  params,
  responses: { 200: 'text/csv' },
  handler: async ({ principal: { workspace }, params: { table: id } }, { db }) => {
    const known = await tableOf(db, workspace, id);
    const page = (offset: number) =>
      db.inWorkspace(workspace, ({ dataTableRows }) =>
        dataTableRows.find(known.id, { ...everything, limit: 500, offset }),
      );
    return {
      status: 200,
      body: rowsCsv(known, page),
      headers: { 'content-disposition': 'attachment; filename="table.csv"' },
    };
  },
});

async function tableOf(db: Database, workspace: string, id: string): Promise<StoredTable> {
  const known = await db.inWorkspace(workspace, ({ dataTables }) => dataTables.get(id));
  if (known) return known;
  throw notFound('table');
}

function byNumber(number: string) {
  return {
    match: 'all' as const,
    conditions: [{ column: 'id', operator: 'equals' as const, value: Number(number) }],
  };
}

function sortOf(given: string | undefined) {
  if (!given) return undefined;
  const descending = given.startsWith('-');
  return { column: descending ? given.slice(1) : given, descending };
}

function rowsCsv({ columns }: StoredTable, page: (offset: number) => Promise<StoredRow[]>): Readable {
  const names = ['id', ...columns.map(({ name }) => name)];
  async function* lines() {
    for (let offset = 0; ; offset += 500) {
      const rows = await page(offset);
      yield* rows.map((cells) => names.map((name) => cellText(cells[name])));
      if (rows.length < 500) return;
    }
  }
  const csv = stringify({ header: true, columns: names, record_delimiter: 'windows', escape_formulas: true });
  const source = Readable.from(lines());
  source.once('error', (error) => csv.destroy(error));
  csv.once('close', () => source.destroy());
  return source.pipe(csv);
}

function cellText(value: JsonValue | undefined): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
