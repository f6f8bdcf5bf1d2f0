/** Two people saved: whose draft shall it be? */
import { Button, Group, Modal, Text } from '@mantine/core';
import { editorText } from '../../../i18n/editor.ts';
import { useT } from '../../../i18n/language.ts';
import { useEditor } from '../state/editor-store.ts';
import type { Saving } from '../state/use-autosave.ts';

export function ConflictDialog({ saving }: { saving: Saving }) {
  const t = useT();
  const isConflict = useEditor((state) => state.save.kind === 'conflict');
  return (
    <Modal opened={isConflict} onClose={() => {}} withCloseButton={false} title={t(editorText.conflictTitle)}>
      <Text size="sm">{t(editorText.conflictText)}</Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={saving.keepMine} data-testid="keep-mine">
          {t(editorText.keepMine)}
        </Button>
        <Button onClick={saving.takeTheirs} data-testid="take-theirs">
          {t(editorText.takeTheirs)}
        </Button>
      </Group>
    </Modal>
  );
}
