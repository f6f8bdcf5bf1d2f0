/** The head of a column: a click sorts by it, up and then down; its cross takes it away. */
import { ActionIcon, Group, Table, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react';
import type { DataTable } from '../../../../contracts/api/tables.ts';
import type { Column } from '../../../../contracts/tables.ts';
import { useDeleteColumn } from '../../api/tables.ts';
import { useConfirm } from '../../components/confirm.tsx';
import { notifyError } from '../../components/error-notice.tsx';
import { common } from '../../i18n/common.ts';
import { useT } from '../../i18n/language.ts';
import { tablesText } from '../../i18n/tables.ts';

export interface ColumnHeadProps {
  table: DataTable;
  column: Column;
  /** The column sorted by, with `-` in front when it goes down. */
  sort: string;
  onSort(sort: string): void;
  /** Can't be taken away. */
  own: boolean;
}

export function ColumnHead({ table, column, sort, onSort, own }: ColumnHeadProps) {
  const t = useT();
  const remove = useDeleteColumn(table.id);
  const [ask, dialog] = useConfirm();
  const { name } = column;
  const isUp = sort === name;
  const isDown = sort === `-${name}`;
  const askDelete = () =>
    ask({
      title: t(tablesText.deleteTitle, { name }),
      text: t(tablesText.deleteColumnText),
      action: t(common.delete),
      onYes: () => remove.mutate(name, { onError: notifyError, onSuccess: () => onSort('') }),
    });
  return (
    <Table.Th
      {...(name === 'id' && { w: 72 })}
      aria-sort={isUp ? 'ascending' : isDown ? 'descending' : 'none'}
    >
      <Group gap={4} wrap="nowrap" justify="space-between">
        <UnstyledButton fw={600} fz="sm" onClick={() => onSort(isUp ? `-${name}` : isDown ? '' : name)}>
          <Group gap={4} wrap="nowrap">
            {name}
            {isUp && <IconArrowUp size={14} />}
            {isDown && <IconArrowDown size={14} />}
          </Group>
        </UnstyledButton>
        {!own && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="xs"
            aria-label={t(tablesText.deleteColumn, { column: name })}
            onClick={askDelete}
          >
            <IconX size={12} />
          </ActionIcon>
        )}
      </Group>
      {dialog}
    </Table.Th>
  );
}
