/** What a version is about: shown, and changed where it stands. Enter or leaving the field saves it, Escape does not. */
import { Text, TextInput, UnstyledButton } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import type { VersionSummary } from '../../../../../contracts/api/automations.ts';
import { noteVersion, useAutomationChange } from '../../../api/automations.ts';
import { notifyError } from '../../../components/error-notice.tsx';
import { useT } from '../../../i18n/language.ts';
import { versionsText } from '../../../i18n/versions.ts';

export interface VersionNoteProps {
  automation: string;
  version: VersionSummary;
  mayEdit: boolean;
}

export function VersionNote({ automation, version, mayEdit }: VersionNoteProps) {
  const t = useT();
  const note = version.note ?? '';
  /** What is typed; undefined while it is only shown. */
  const [draft, setDraft] = useState<string>();
  const change = useAutomationChange((text: string) => noteVersion(automation, version.id, text));
  if (!mayEdit)
    return note === '' ? null : (
      <Text size="sm" mt={4}>
        {note}
      </Text>
    );
  if (draft === undefined)
    return (
      <UnstyledButton mt={4} onClick={() => setDraft(note)} display="block" data-testid="edit-note">
        <Text size="sm" c={note === '' ? 'dimmed' : undefined} style={{ overflowWrap: 'anywhere' }}>
          {note || t(versionsText.addNote)}
        </Text>
      </UnstyledButton>
    );
  const save = () => {
    setDraft(undefined);
    if (draft.trim() !== note) change.mutate(draft.trim(), { onError: notifyError });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') save();
    if (event.key !== 'Escape') return;
    // Of the field, not of the drawer.
    event.stopPropagation();
    setDraft(undefined);
  };
  return (
    <TextInput
      mt={4}
      size="xs"
      autoFocus
      aria-label={t(versionsText.note)}
      placeholder={t(versionsText.notePlaceholder)}
      value={draft}
      maxLength={500}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      onBlur={save}
      data-testid="version-note"
    />
  );
}
