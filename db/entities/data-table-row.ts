import { defineEntity, p } from '@mikro-orm/core';
import type { JsonObject } from '../../contracts/json.ts';
import { DataTable } from './data-table.ts';

export const DataTableRow = defineEntity({
  name: 'DataTableRow',
  tableName: 'data_table_rows',
  primaryKeys: ['dataTable', 'id'],
  properties: {
    dataTable: () => p.manyToOne(DataTable).mapToPk().primary().fieldName('data_table').deleteRule('cascade'),
    id: p.integer().primary(),
    workspace: p.text(),
    /** Cells by column name; a missing one is empty. */
    values: p.json().$type<JsonObject>(),
    bytes: p.integer(),
    createdAt: p.datetime(3),
    updatedAt: p.datetime(3),
  },
});
