/** A row of the grid. */
import { ActionIcon, Checkbox, Table, Text, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useState } from 'react';
import type { DataTable } from '../../../../contracts/api/tables.ts';
import type { JsonValue } from '../../../../contracts/json.ts';
import type { Column } from '../../../../contracts/tables.ts';
import { type TableRow, useChangeRow, useDeleteRow } from '../../api/tables.ts';
import { notifyError } from '../../components/error-notice.tsx';
import { useT } from '../../i18n/language.ts';
import { tablesText } from '../../i18n/tables.ts';

interface GridRowProps {
  table: DataTable;
  row: TableRow;
  mayEdit: boolean;
}

export function GridRow({ table, row, mayEdit }: GridRowProps) {
  const t = useT();
  const remove = useDeleteRow(table.id);
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm" c="dimmed">
          {row.id}
        </Text>
      </Table.Td>
      {table.columns.map((column) => (
        <Table.Td key={column.name}>
          <Cell table={table} row={row} column={column} mayEdit={mayEdit} />
        </Table.Td>
      ))}
      <Table.Td>
        {mayEdit && (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t(tablesText.deleteRow, { row: row.id })}
            onClick={() => remove.mutate(row.id, { onError: notifyError })}
            loading={remove.isPending}
          >
            <IconTrash size={16} />
          </ActionIcon>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function Cell({ table, row, column, mayEdit }: GridRowProps & { column: Column }) {
  const t = useT();
  const change = useChangeRow(table.id);
  const value = row[column.name] ?? null;
  const shown = textOf(value, column.type);
  const [draft, setDraft] = useState(shown);
  // An automation may have changed it meanwhile.
  useEffect(() => setDraft(shown), [shown]);
  const label = t(tablesText.cell, { column: column.name, row: row.id });
  const save = (cell: JsonValue) =>
    change.mutate(
      { row: row.id, cells: { [column.name]: cell } },
      {
        onError: (error) => {
          notifyError(error);
          setDraft(shown);
        },
      },
    );
  if (column.type === 'boolean')
    return (
      <Checkbox
        aria-label={label}
        checked={value === true}
        indeterminate={value === null}
        disabled={!mayEdit}
        onChange={(event) => save(event.currentTarget.checked)}
      />
    );
  if (!mayEdit)
    return (
      <Text size="sm" truncate maw={320} title={shown}>
        {shown}
      </Text>
    );
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') event.currentTarget.blur();
    if (event.key === 'Escape') setDraft(shown);
  };
  return (
    <TextInput
      variant="unstyled"
      size="sm"
      aria-label={label}
      value={draft}
      inputMode={column.type === 'number' ? 'decimal' : 'text'}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      onBlur={() => draft !== shown && save(draft)}
    />
  );
}

/** A day is stored as its midnight in UTC, and typed and read without it. */
const midnight = /^(\d{4}-\d{2}-\d{2})T00:00:00(\.000)?Z$/;

function textOf(value: JsonValue, type: Column['type']): string {
  if (value === null) return '';
  if (type === 'date' && typeof value === 'string') return value.replace(midnight, '$1');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
