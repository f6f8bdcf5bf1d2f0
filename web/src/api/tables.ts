/** Data tables, their rows, and keys that automations keep. */
import { useQuery } from '@tanstack/react-query';
import type { DataTable, KeyValue } from '../../../contracts/api/tables.ts';
import type { JsonObject, JsonValue } from '../../../contracts/json.ts';
import type { Column } from '../../../contracts/tables.ts';
import { apiRoot, request } from './client.ts';
import { useChange } from './use-change.ts';
import { useList } from './use-list.ts';
import { usePages } from './use-pages.ts';

const tablesKey = ['tables'];
const rowsKey = (id: string) => ['table-rows', id];
const keysKey = ['stored-keys'];
const at = (id: string) => `/tables/${encodeURIComponent(id)}`;

export type TableRow = JsonObject & { id: number };
export const csvAddress = (id: string) => `${apiRoot}${at(id)}/rows.csv`;

export const useTables = () => useList<DataTable>(tablesKey, '/tables');
export const useTable = (id: string) =>
  useQuery({ queryKey: [...tablesKey, id], queryFn: () => request<DataTable>('GET', at(id)) });
export const useCreateTable = () =>
  useChange(
    (body: { name: string; columns?: Column[] }) => request<DataTable>('POST', '/tables', { body }),
    tablesKey,
  );
export const useRenameTable = (id: string) =>
  useChange((name: string) => request<DataTable>('PATCH', at(id), { body: { name } }), tablesKey);
export const useDeleteTable = () => useChange((id: string) => request<void>('DELETE', at(id)), tablesKey);
export const useAddColumn = (id: string) =>
  useChange((body: Column) => request<DataTable>('POST', `${at(id)}/columns`, { body }), tablesKey);
export const useRenameColumn = (id: string) =>
  useChange(
    ({ column, name }: { column: string; name: string }) =>
      request<DataTable>('PATCH', `${at(id)}/columns/${encodeURIComponent(column)}`, { body: { name } }),
    tablesKey,
    rowsKey(id),
  );
export const useDeleteColumn = (id: string) =>
  useChange(
    (column: string) => request<DataTable>('DELETE', `${at(id)}/columns/${encodeURIComponent(column)}`),
    tablesKey,
    rowsKey(id),
  );

export const useRows = (id: string, search: string, sort: string) =>
  usePages<TableRow>([...rowsKey(id), search, sort], `${at(id)}/rows`, { search, sort, limit: 100 });
export const useInsertRows = (id: string) =>
  useChange(
    (rows: JsonObject[]) => request<{ items: TableRow[] }>('POST', `${at(id)}/rows`, { body: { rows } }),
    rowsKey(id),
    tablesKey,
  );
export const useChangeRow = (id: string) =>
  useChange(
    ({ row, cells }: { row: number; cells: Record<string, JsonValue> }) =>
      request<TableRow>('PATCH', `${at(id)}/rows/${row}`, { body: { cells } }),
    rowsKey(id),
  );
export const useDeleteRow = (id: string) =>
  useChange((row: number) => request<void>('DELETE', `${at(id)}/rows/${row}`), rowsKey(id), tablesKey);

export const useStoredKeys = (prefix: string) =>
  usePages<KeyValue>([...keysKey, prefix], '/stored-keys', { prefix, limit: 100 });
export const useDeleteKey = () =>
  useChange((key: string) => request<void>('DELETE', `/stored-keys/${encodeURIComponent(key)}`), keysKey);
