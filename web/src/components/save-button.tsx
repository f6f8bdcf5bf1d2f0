/** Whether what is edited is kept; a click saves now. */
import { Button, Tooltip } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCheck,
  IconCloudOff,
  IconCloudUp,
  IconPointFilled,
  type TablerIcon,
} from '@tabler/icons-react';
import type { Text } from '../../../contracts/text.ts';
import { editorText } from '../i18n/editor.ts';
import { useT } from '../i18n/language.ts';
import type { SaveState } from '../pages/editor/state/autosaver.ts';

const looks: Record<SaveState['kind'], { label: Text; icon: TablerIcon; color: string }> = {
  saved: { label: editorText.saved, icon: IconCheck, color: 'gray' },
  changed: { label: editorText.changed, icon: IconPointFilled, color: 'gray' },
  saving: { label: editorText.saving, icon: IconCloudUp, color: 'gray' },
  offline: { label: editorText.offline, icon: IconCloudOff, color: 'yellow' },
  conflict: { label: editorText.conflict, icon: IconAlertTriangle, color: 'red' },
  failed: { label: editorText.notSaved, icon: IconAlertTriangle, color: 'red' },
};

export function SaveButton({ save, onSave }: { save: SaveState; onSave(): void }) {
  const t = useT();
  const { label, icon: Icon, color } = looks[save.kind];
  const reason =
    save.kind === 'failed'
      ? `${save.problem.message} ${save.problem.detail}`
      : `${t(editorText.save)} (Ctrl S)`;
  return (
    <Tooltip label={reason}>
      <Button
        variant="subtle"
        color={color}
        size="compact-sm"
        fw={500}
        style={{ flexShrink: 0 }}
        leftSection={<Icon size={15} />}
        onClick={onSave}
        data-testid="save"
        data-save-state={save.kind}
        aria-live="polite"
      >
        {t(label)}
      </Button>
    </Tooltip>
  );
}
