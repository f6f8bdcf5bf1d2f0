import { defineEntity, p } from '@mikro-orm/core';
import type { Column } from '../../contracts/tables.ts';
import { Workspace } from './workspace.ts';

/** A table that people and automations of a workspace fill. Locked by whoever writes its rows, so that its counts are right. */
export const DataTable = defineEntity({
  name: 'DataTable',
  tableName: 'data_tables',
  uniques: [{ name: 'data_tables_name', properties: ['workspace', 'name'] }],
  properties: {
    id: p.text().primary(),
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade'),
    name: p.text(),
    columns: p.json().$type<Column[]>(),
    /** The number that the next row gets; a row's number is never given again. */
    nextRow: p.integer(),
    rows: p.integer(),
    bytes: p.integer(),
    createdAt: p.datetime(3),
    updatedAt: p.datetime(3),
  },
});
