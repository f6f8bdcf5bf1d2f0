/** Data tables of a workspace and their columns. Rows: table-rows.ts. */
import { z } from 'zod';
import {
  addColumn as addColumnBody,
  createTable,
  renameColumn as renameColumnBody,
  renameTable,
  table,
  tableList,
} from '../../contracts/api/tables.ts';
import type { JsonObject } from '../../contracts/json.ts';
import type { StoredTable } from '../../db/index.ts';
import { notFound, refusable } from '../problems.ts';
import { defineRoute } from '../route.ts';

const tag = 'tables';
const params = z.object({ table: z.string() });
const columnParams = z.object({ table: z.string(), column: z.string() });

export const list = defineRoute({
  method: 'get',
  path: '/tables',
  summary: 'List the data tables of the workspace',
  tag,
  auth: 'table.view',
  responses: { 200: tableList },
  handler: async ({ principal }, { db }) => ({
    status: 200,
    body: { items: await db.inWorkspace(principal.workspace, ({ dataTables }) => dataTables.list()) },
  }),
});

export const create = defineRoute({
  method: 'post',
  path: '/tables',
  summary: 'Make a data table',
  tag,
  auth: 'table.edit',
  audit: 'table.create',
  idempotent: true,
  body: createTable,
  responses: { 201: table },
  handler: async ({ principal, body, note }, { db }) => {
    const made = await refusable(
      db.inWorkspace(principal.workspace, ({ dataTables }) => dataTables.create(body)),
    );
    note({ resource: tableResource(made), after: factsOf(made) });
    return { status: 201, body: made };
  },
});

export const get = defineRoute({
  method: 'get',
  path: '/tables/:table',
  summary: 'One data table',
  tag,
  auth: 'table.view',
  params,
  responses: { 200: table },
  handler: async ({ principal, params: { table: id } }, { db }) => ({
    status: 200,
    body: found(await db.inWorkspace(principal.workspace, ({ dataTables }) => dataTables.get(id))),
  }),
});

export const rename = defineRoute({
  method: 'patch',
  path: '/tables/:table',
  summary: 'Rename a data table',
  description: 'Nodes that name it have to follow; those that have its id go on.',
  tag,
  auth: 'table.edit',
  audit: 'table.update',
  params,
  body: renameTable,
  responses: { 200: table },
  handler: async ({ principal, params: { table: id }, body, note }, { db }) => {
    const after = found(
      await refusable(
        db.inWorkspace(principal.workspace, ({ dataTables }) => dataTables.rename(id, body.name)),
      ),
    );
    note({ resource: tableResource(after), after: factsOf(after) });
    return { status: 200, body: after };
  },
});

export const remove = defineRoute({
  method: 'delete',
  path: '/tables/:table',
  summary: 'Delete a data table and its rows',
  tag,
  auth: 'table.edit',
  audit: 'table.delete',
  params,
  responses: { 204: null },
  handler: async ({ principal, params: { table: id }, note }, { db }) => {
    const removed = found(
      await db.inWorkspace(principal.workspace, ({ dataTables }) => dataTables.remove(id)),
    );
    note({ resource: tableResource(removed), before: factsOf(removed) });
    return { status: 204 };
  },
});

export const addColumn = defineRoute({
  method: 'post',
  path: '/tables/:table/columns',
  summary: 'Add a column',
  tag,
  auth: 'table.edit',
  audit: 'table.update',
  params,
  body: addColumnBody,
  responses: { 200: table },
  handler: async ({ principal, params: { table: id }, body, note }, { db }) => {
    const after = found(
      await refusable(
        db.inWorkspace(principal.workspace, ({ dataTables }) => dataTables.addColumn(id, body)),
      ),
    );
    note({ resource: tableResource(after), after: factsOf(after) });
    return { status: 200, body: after };
  },
});

export const renameColumn = defineRoute({
  method: 'patch',
  path: '/tables/:table/columns/:column',
  summary: 'Rename a column',
  tag,
  auth: 'table.edit',
  audit: 'table.update',
  params: columnParams,
  body: renameColumnBody,
  responses: { 200: table },
  handler: async ({ principal, params: { table: id, column }, body, note }, { db }) => {
    const after = await db.inWorkspace(principal.workspace, async ({ dataTables }) => {
      withColumn(await dataTables.get(id), column);
      return found(await refusable(dataTables.renameColumn(id, column, body.name)));
    });
    note({ resource: tableResource(after), after: factsOf(after) });
    return { status: 200, body: after };
  },
});

export const removeColumn = defineRoute({
  method: 'delete',
  path: '/tables/:table/columns/:column',
  summary: 'Delete a column and its cells',
  tag,
  auth: 'table.edit',
  audit: 'table.update',
  params: columnParams,
  responses: { 200: table },
  handler: async ({ principal, params: { table: id, column }, note }, { db }) => {
    const after = await db.inWorkspace(principal.workspace, async ({ dataTables }) => {
      withColumn(await dataTables.get(id), column);
      return found(await refusable(dataTables.removeColumn(id, column)));
    });
    note({ resource: tableResource(after), after: factsOf(after) });
    return { status: 200, body: after };
  },
});

export function tableResource({ id, name }: Pick<StoredTable, 'id' | 'name'>) {
  return { type: 'table', id, name };
}

function withColumn(known: StoredTable | undefined, column: string): void {
  if (!found(known).columns.some(({ name }) => name === column)) throw notFound('column');
}

function found(known: StoredTable | undefined): StoredTable {
  if (known) return known;
  throw notFound('table');
}

function factsOf({ name, columns, rows }: StoredTable): JsonObject {
  return { name, columns, rows };
}
