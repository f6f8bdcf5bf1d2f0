/** The head of a column: a click sorts by it, up and then down; its menu renames it or takes it away. */
import { ActionIcon, Group, Menu, Table, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconDotsVertical, IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { DataTable } from '../../../../contracts/api/tables.ts';
import type { Column } from '../../../../contracts/tables.ts';
import { useDeleteColumn, useRenameColumn } from '../../api/tables.ts';
import { useConfirm } from '../../components/confirm.tsx';
import { notifyError } from '../../components/error-notice.tsx';
import { common } from '../../i18n/common.ts';
import { useT } from '../../i18n/language.ts';
import { tablesText } from '../../i18n/tables.ts';
import { RenameDialog } from './rename-dialog.tsx';

export interface ColumnHeadProps {
  table: DataTable;
  column: Column;
  /** The column sorted by, with `-` in front when it goes down. */
  sort: string;
  onSort(sort: string): void;
  /** Can be neither renamed nor taken away. */
  own: boolean;
}

export function ColumnHead({ table, column, sort, onSort, own }: ColumnHeadProps) {
  const t = useT();
  const remove = useDeleteColumn(table.id);
  const rename = useRenameColumn(table.id);
  const [renames, setRenames] = useState(false);
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
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="xs"
                aria-label={t(tablesText.columnActions, { column: name })}
                data-testid={`column-${name}`}
              >
                <IconDotsVertical size={14} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item
                leftSection={<IconPencil size={16} />}
                onClick={() => setRenames(true)}
                data-testid="rename-column"
              >
                {t(tablesText.rename)}
              </Menu.Item>
              <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={askDelete}>
                {t(tablesText.deleteTheColumn)}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </Group>
      {renames && (
        <RenameDialog
          name={name}
          request={rename}
          onRename={(to) =>
            rename.mutate(
              { column: name, name: to },
              {
                onSuccess: () => {
                  // Rows can't be sorted by a name that is no more.
                  onSort('');
                  setRenames(false);
                },
              },
            )
          }
          onClose={() => setRenames(false)}
        />
      )}
      {dialog}
    </Table.Th>
  );
}
