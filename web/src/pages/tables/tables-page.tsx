/** Everything that automations keep: data tables, and values by key. */
import { Button, Modal, Table, Tabs, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTable } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { DataTable } from '../../../../contracts/api/tables.ts';
import { useCan } from '../../api/session.ts';
import { useCreateTable, useTables } from '../../api/tables.ts';
import { DialogForm } from '../../components/dialog-form.tsx';
import { ListFrame, ListTable } from '../../components/list-frame.tsx';
import { Page } from '../../components/page.tsx';
import { TeachingEmpty } from '../../components/teaching-empty.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { useRowLink } from '../../components/use-row-link.ts';
import { common } from '../../i18n/common.ts';
import { useT } from '../../i18n/language.ts';
import { tablesText } from '../../i18n/tables.ts';
import { StoredKeys } from './stored-keys.tsx';

export function TablesPage() {
  const t = useT();
  const tables = useTables();
  const mayEdit = useCan('table.edit');
  const [creates, setCreates] = useState(false);
  const rows = tables.data ?? [];
  const button = mayEdit && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setCreates(true)} data-testid="new-table">
      {t(tablesText.new)}
    </Button>
  );
  return (
    <Page
      title={t(tablesText.title)}
      description={t(tablesText.description)}
      actions={rows.length > 0 && button}
    >
      <Tabs defaultValue="tables" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="tables">{t(tablesText.tables)}</Tabs.Tab>
          <Tabs.Tab value="keys">{t(tablesText.keys)}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="tables">
          <ListFrame
            query={tables}
            count={rows.length}
            empty={
              <TeachingEmpty icon={<IconTable />} title={t(tablesText.emptyTitle)} actions={button}>
                {t(tablesText.emptyText)}
              </TeachingEmpty>
            }
          >
            <ListTable
              columns={[
                { label: t(tablesText.name) },
                { label: t(tablesText.rows), width: 100 },
                { label: t(tablesText.columns), width: 100, visibleFrom: 'sm' },
                { label: t(tablesText.changed), width: 150, visibleFrom: 'sm' },
              ]}
            >
              {rows.map((table) => (
                <TableLine key={table.id} table={table} />
              ))}
            </ListTable>
          </ListFrame>
        </Tabs.Panel>
        <Tabs.Panel value="keys">
          <StoredKeys mayEdit={mayEdit} />
        </Tabs.Panel>
      </Tabs>
      <Modal opened={creates} onClose={() => setCreates(false)} title={t(tablesText.new)}>
        <NewTable onClose={() => setCreates(false)} />
      </Modal>
    </Page>
  );
}

function TableLine({ table }: { table: DataTable }) {
  const row = useRowLink(`/tables/${table.id}`);
  return (
    <Table.Tr {...row} data-testid="table-row">
      <Table.Td>
        <Text component={Link} to={`/tables/${table.id}`} fw={500} c="inherit" truncate>
          {table.name}
        </Text>
      </Table.Td>
      <Table.Td>{table.rows}</Table.Td>
      <Table.Td visibleFrom="sm">{table.columns.length}</Table.Td>
      <Table.Td visibleFrom="sm">
        <TimeAgo at={table.updatedAt} />
      </Table.Td>
    </Table.Tr>
  );
}

function NewTable({ onClose }: { onClose(): void }) {
  const t = useT();
  const create = useCreateTable();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  return (
    <DialogForm
      action={t(common.save)}
      request={create}
      onCancel={onClose}
      disabled={name.trim() === ''}
      testId="save-table"
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate({ name: name.trim() }, { onSuccess: ({ id }) => navigate(`/tables/${id}`) });
      }}
    >
      <TextInput
        label={t(tablesText.name)}
        placeholder="leads"
        value={name}
        maxLength={64}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
        data-testid="table-name"
      />
    </DialogForm>
  );
}
