/** What a version is about: shown, and changed where it stands. Enter or leaving the field saves it, Escape does not. */
import { Text, TextInput, UnstyledButton } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import { useT } from '../../i18n/language.ts';
import { versionsText } from '../../i18n/versions.ts';

export interface VersionNoteProps {
  note: string;
  /** Left out: it is only shown. */
  onSave?: ((note: string) => void) | undefined;
}

export function VersionNote({ note, onSave }: VersionNoteProps) {
  const t = useT();
  /** What is typed; undefined while it is only shown. */
  const [draft, setDraft] = useState<string>();
  if (!onSave)
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
    if (draft.trim() !== note) onSave(draft.trim());
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
