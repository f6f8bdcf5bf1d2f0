import { Button, Modal, Select, TextInput } from '@mantine/core';
import { IconColumnInsertRight } from '@tabler/icons-react';
import { useState } from 'react';
import type { DataTable } from '../../../../contracts/api/tables.ts';
import { type ColumnType, columnTypes } from '../../../../contracts/tables.ts';
import { useAddColumn } from '../../api/tables.ts';
import { DialogForm } from '../../components/dialog-form.tsx';
import { common } from '../../i18n/common.ts';
import { useT } from '../../i18n/language.ts';
import { tablesText } from '../../i18n/tables.ts';

export function AddColumn({ table }: { table: DataTable }) {
  const t = useT();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button
        variant="default"
        size="xs"
        leftSection={<IconColumnInsertRight size={16} />}
        onClick={() => setOpened(true)}
        data-testid="add-column"
      >
        {t(tablesText.addColumn)}
      </Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title={t(tablesText.addColumn)}>
        <ColumnForm table={table} onClose={() => setOpened(false)} />
      </Modal>
    </>
  );
}

function ColumnForm({ table, onClose }: { table: DataTable; onClose(): void }) {
  const t = useT();
  const add = useAddColumn(table.id);
  const [name, setName] = useState('');
  const [type, setType] = useState<ColumnType>('text');
  return (
    <DialogForm
      action={t(common.save)}
      request={add}
      onCancel={onClose}
      disabled={name.trim() === ''}
      testId="save-column"
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate({ name: name.trim(), type }, { onSuccess: onClose });
      }}
    >
      <TextInput
        label={t(tablesText.columnName)}
        placeholder="email"
        value={name}
        maxLength={64}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
        data-testid="column-name"
      />
      <Select
        label={t(tablesText.type)}
        data={columnTypes.map((value) => ({ value, label: t(tablesText[value]) }))}
        value={type}
        allowDeselect={false}
        onChange={(value) => setType((value ?? 'text') as ColumnType)}
      />
    </DialogForm>
  );
}
