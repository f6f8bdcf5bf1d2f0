/** Another name for a table or a column. */
import { Modal, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { DialogForm } from '../../components/dialog-form.tsx';
import { common } from '../../i18n/common.ts';
import { useT } from '../../i18n/language.ts';
import { tablesText } from '../../i18n/tables.ts';

export interface RenameDialogProps {
  name: string;
  request: { error: unknown; isPending: boolean };
  onRename(name: string): void;
  onClose(): void;
}

export function RenameDialog({ name, request, onRename, onClose }: RenameDialogProps) {
  const t = useT();
  const [typed, setTyped] = useState(name);
  return (
    <Modal opened onClose={onClose} title={t(tablesText.renameTitle, { name })}>
      <DialogForm
        action={t(common.save)}
        request={request}
        onCancel={onClose}
        disabled={typed.trim() === '' || typed.trim() === name}
        testId="save-name"
        onSubmit={(event) => {
          event.preventDefault();
          onRename(typed.trim());
        }}
      >
        <TextInput
          label={t(tablesText.name)}
          value={typed}
          maxLength={64}
          onChange={(event) => setTyped(event.currentTarget.value)}
          data-autofocus
          data-testid="new-name"
        />
        <Text size="sm" c="dimmed">
          {t(tablesText.renameText)}
        </Text>
      </DialogForm>
    </Modal>
  );
}
