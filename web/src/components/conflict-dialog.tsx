/** Two people saved: whose draft shall it be? */
import { Button, Group, Modal, Text } from '@mantine/core';
import { editorText } from '../i18n/editor.ts';
import { useT } from '../i18n/language.ts';

export interface ConflictDialogProps {
  opened: boolean;
  title: string;
  text: string;
  keepMine(): Promise<void>;
  takeTheirs(): Promise<void>;
}

export function ConflictDialog({ opened, title, text, keepMine, takeTheirs }: ConflictDialogProps) {
  const t = useT();
  return (
    <Modal opened={opened} onClose={() => {}} withCloseButton={false} title={title}>
      <Text size="sm">{text}</Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={keepMine} data-testid="keep-mine">
          {t(editorText.keepMine)}
        </Button>
        <Button onClick={takeTheirs} data-testid="take-theirs">
          {t(editorText.takeTheirs)}
        </Button>
      </Group>
    </Modal>
  );
}
