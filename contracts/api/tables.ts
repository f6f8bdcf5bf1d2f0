/** Data tables and stored keys of a workspace, as the API gives and takes them. */
import { z } from 'zod';
import { jsonObject, jsonValue } from '../json.ts';
import { column, columnName, storedKey, tableLimits } from '../tables.ts';
import { moment, pageOf, pageQuery } from './page.ts';

const tableName = z.string().trim().min(1).max(64);

export const table = z.object({
  id: z.string(),
  name: z.string(),
  columns: z.array(column),
  /** How many there are. */
  rows: z.int(),
  bytes: z.int(),
  createdAt: moment,
  updatedAt: moment,
});
export type DataTable = z.output<typeof table>;
export const tableList = z.object({ items: z.array(table) });
export const createTable = z.object({
  name: tableName,
  columns: z.array(column).max(tableLimits.columns).default([]),
});
export const renameTable = z.object({ name: tableName });
export const addColumn = column;
export const renameColumn = z.object({ name: columnName });

/** `id`, `createdAt`, `updatedAt`, and the cells by the names of their columns. */
export const row = jsonObject.describe('id, createdAt, updatedAt, and the cells by column');
export const rowPage = pageOf(row);
export const listRows = pageQuery.extend({
  search: z.string().max(200).optional().describe('Text that some cell holds'),
  sort: z
    .string()
    .max(65)
    .optional()
    .describe('A column, or id, createdAt, updatedAt; with - in front: descending'),
});
export const insertRows = z.object({ rows: z.array(jsonObject).min(1).max(1_000) });
export const insertedRows = z.object({ items: z.array(row) });
export const changeRow = z.object({ cells: jsonObject });

export const keyValue = z.object({
  key: z.string(),
  value: jsonValue,
  expiresAt: moment.optional(),
  updatedAt: moment,
});
export type KeyValue = z.output<typeof keyValue>;
export const keyValuePage = pageOf(keyValue);
export const listKeyValues = pageQuery.extend({ prefix: z.string().max(256).optional() });
export const putKeyValue = z.object({
  value: jsonValue,
  ttl: z.number().min(0).max(315_360_000).default(0).describe('Seconds it lives; 0: for good'),
});
export const keyName = storedKey;

export const clearNodeHistory = z.object({ node: z.string().max(64) });
export const clearKeyHistory = z.object({ key: storedKey });
export const clearedHistory = z.object({ forgotten: z.int() });
