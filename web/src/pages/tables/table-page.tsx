/** One data table as a grid: cells are edited where they stand, Enter or leaving one saves it. */
import { Anchor, Button, FileButton, Group, Menu, ScrollArea, Stack, Table } from '@mantine/core';
import {
  IconChevronLeft,
  IconDotsVertical,
  IconDownload,
  IconPencil,
  IconPlus,
  IconTable,
  IconTrash,
  IconUpload,
} from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import type { DataTable } from '../../../../contracts/api/tables.ts';
import { useCan } from '../../api/session.ts';
import {
  csvAddress,
  useDeleteTable,
  useInsertRows,
  useRenameTable,
  useRows,
  useTable,
} from '../../api/tables.ts';
import { useConfirm } from '../../components/confirm.tsx';
import { notifyDone, notifyError } from '../../components/error-notice.tsx';
import { ListFrame } from '../../components/list-frame.tsx';
import { Page } from '../../components/page.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { TeachingEmpty } from '../../components/teaching-empty.tsx';
import { useSearch } from '../../components/use-search.ts';
import { common } from '../../i18n/common.ts';
import { useT } from '../../i18n/language.ts';
import { tablesText } from '../../i18n/tables.ts';
import { PendingPage } from '../pending-page.tsx';
import { AddColumn } from './add-column.tsx';
import { ColumnHead } from './column-head.tsx';
import { GridRow } from './grid-row.tsx';
import { RenameDialog } from './rename-dialog.tsx';
import { useImportCsv } from './use-import-csv.ts';

export function TablePage() {
  const { id = '' } = useParams();
  const t = useT();
  const table = useTable(id);
  if (table.data) return <Grid table={table.data} />;
  return <PendingPage query={table} title={t(tablesText.title)} wide />;
}

function Grid({ table }: { table: DataTable }) {
  const t = useT();
  const mayEdit = useCan('table.edit');
  const { field, settled } = useSearch();
  const [sort, setSort] = useState('');
  const list = useRows(table.id, settled, sort);
  const insert = useInsertRows(table.id);
  const rows = list.data ?? [];
  const { columns } = table;
  const addRow = () => insert.mutate([{}], { onError: notifyError });
  return (
    <Page
      title={table.name}
      wide
      actions={
        <>
          {mayEdit && columns.length > 0 && (
            <Button
              leftSection={<IconPlus size={16} />}
              onClick={addRow}
              loading={insert.isPending}
              data-testid="add-row"
            >
              {t(tablesText.addRow)}
            </Button>
          )}
          <TableMenu table={table} mayEdit={mayEdit} />
        </>
      }
    >
      <Stack>
        <Group justify="space-between">
          <Anchor component={Link} to="/tables" size="sm">
            <Group gap={4}>
              <IconChevronLeft size={14} />
              {t(tablesText.title)}
            </Group>
          </Anchor>
          {mayEdit && <AddColumn table={table} />}
        </Group>
        {columns.length === 0 ? (
          <TeachingEmpty icon={<IconTable />} title={t(tablesText.noColumnsTitle)}>
            {t(tablesText.noColumnsText)}
          </TeachingEmpty>
        ) : (
          <ListFrame
            query={list}
            count={rows.length}
            empty={
              <TeachingEmpty
                icon={<IconTable />}
                title={settled ? t(tablesText.noMatch, { search: settled }) : t(tablesText.noRowsTitle)}
              >
                {!settled && t(tablesText.noRowsText)}
              </TeachingEmpty>
            }
            filters={<SearchField label={t(tablesText.search)} {...field} />}
          >
            <ScrollArea type="auto" offsetScrollbars="x">
              <Table
                withColumnBorders
                verticalSpacing={2}
                horizontalSpacing="xs"
                miw={columns.length * 160 + 100}
              >
                <Table.Thead>
                  <Table.Tr>
                    <ColumnHead
                      table={table}
                      column={{ name: 'id', type: 'number' }}
                      sort={sort}
                      onSort={setSort}
                      own
                    />
                    {columns.map((column) => (
                      <ColumnHead
                        key={column.name}
                        table={table}
                        column={column}
                        sort={sort}
                        onSort={setSort}
                        own={!mayEdit}
                      />
                    ))}
                    <Table.Th w={48} aria-label={t(common.more)} />
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {rows.map((row) => (
                    <GridRow key={row.id} table={table} row={row} mayEdit={mayEdit} />
                  ))}
                </Table.Tbody>
              </Table>
            </ScrollArea>
          </ListFrame>
        )}
      </Stack>
    </Page>
  );
}

function TableMenu({ table, mayEdit }: { table: DataTable; mayEdit: boolean }) {
  const t = useT();
  const navigate = useNavigate();
  const remove = useDeleteTable();
  const rename = useRenameTable(table.id);
  const [renames, setRenames] = useState(false);
  const importCsv = useImportCsv(table);
  const [ask, dialog] = useConfirm();
  const askDelete = () =>
    ask({
      title: t(tablesText.deleteTitle, { name: table.name }),
      text: t(tablesText.deleteText, { count: table.rows }),
      action: t(common.delete),
      onYes: () =>
        remove.mutate(table.id, {
          onError: notifyError,
          onSuccess: () => {
            notifyDone(t(tablesText.deleted, { name: table.name }));
            void navigate('/tables');
          },
        }),
    });
  return (
    <>
      {mayEdit && (
        <FileButton accept=".csv,text/csv" onChange={(file) => file && importCsv.mutate(file)}>
          {(props) => (
            <Button
              {...props}
              variant="default"
              leftSection={<IconUpload size={16} />}
              loading={importCsv.isPending}
            >
              {t(tablesText.importCsv)}
            </Button>
          )}
        </FileButton>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" px="xs" aria-label={t(common.more)}>
            <IconDotsVertical size={16} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            component="a"
            href={csvAddress(table.id)}
            download
            leftSection={<IconDownload size={16} />}
          >
            {t(tablesText.exportCsv)}
          </Menu.Item>
          {mayEdit && (
            <>
              <Menu.Item
                leftSection={<IconPencil size={16} />}
                onClick={() => setRenames(true)}
                data-testid="rename-table"
              >
                {t(tablesText.rename)}
              </Menu.Item>
              <Menu.Divider />
              <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={askDelete}>
                {t(tablesText.deleteTable)}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {renames && (
        <RenameDialog
          name={table.name}
          request={rename}
          onRename={(name) => rename.mutate(name, { onSuccess: () => setRenames(false) })}
          onClose={() => setRenames(false)}
        />
      )}
      {dialog}
    </>
  );
}
