import { useMutation } from '@tanstack/react-query';
import type { DataTable } from '../../../../contracts/api/tables.ts';
import { useAddColumn, useInsertRows } from '../../api/tables.ts';
import { notifyDone, notifyError } from '../../components/error-notice.tsx';
import { useT } from '../../i18n/language.ts';
import { tablesText } from '../../i18n/tables.ts';
import { parseCsv } from '../../lib/parse-csv.ts';

/** Rows in one request: a few hundred stay below the largest body. */
const batch = 200;

/** Puts a CSV file into a table: its first line names the columns, and those that are missing are added as text. */
export function useImportCsv(table: DataTable) {
  const t = useT();
  const addColumn = useAddColumn(table.id);
  const insert = useInsertRows(table.id);
  return useMutation({
    mutationFn: async (file: File) => {
      const [head = [], ...lines] = parseCsv(await file.text());
      // What an export wrote by itself is given anew.
      const names = head.map((name) =>
        ['id', 'createdAt', 'updatedAt'].includes(name.trim()) ? '' : name.trim(),
      );
      for (const name of new Set(names))
        if (name && !table.columns.some((column) => column.name === name))
          await addColumn.mutateAsync({ name, type: 'text' });
      const rows = lines.map((cells) =>
        Object.fromEntries(names.flatMap((name, at) => (name ? [[name, cells[at] ?? '']] : []))),
      );
      for (let at = 0; at < rows.length; at += batch) await insert.mutateAsync(rows.slice(at, at + batch));
      return rows.length;
    },
    onSuccess: (count) => notifyDone(t(tablesText.imported, { count })),
    onError: notifyError,
  });
}
