import { Modal, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { eventName, isOwnName } from '../../../../contracts/events.ts';
import { type JsonValue, jsonValue } from '../../../../contracts/json.ts';
import { useEmitEvent } from '../../api/events.ts';
import { DialogForm } from '../../components/dialog-form.tsx';
import { notifyDone } from '../../components/error-notice.tsx';
import { eventsText } from '../../i18n/events.ts';
import { useT } from '../../i18n/language.ts';

export interface EmitDialogProps {
  opened: boolean;
  onClose(): void;
  onEmitted(id: string): void;
}

export function EmitDialog({ opened, onClose, onEmitted }: EmitDialogProps) {
  const t = useT();
  return (
    <Modal opened={opened} onClose={onClose} title={t(eventsText.emit)}>
      <EmitForm onClose={onClose} onEmitted={onEmitted} />
    </Modal>
  );
}

function EmitForm({ onClose, onEmitted }: Omit<EmitDialogProps, 'opened'>) {
  const t = useT();
  const emit = useEmitEvent();
  const [name, setName] = useState('');
  const [text, setText] = useState('{}');
  const [tried, setTried] = useState(false);
  const goodName = eventName.safeParse(name).success && !isOwnName(name);
  const data = parsed(text);
  return (
    <DialogForm
      action={t(eventsText.emit)}
      request={emit}
      onCancel={onClose}
      testId="emit"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!goodName || data === undefined) return;
        emit.mutate(
          { name, data },
          {
            onSuccess: ({ id, heard }) => {
              notifyDone(t(eventsText.emitted, { count: heard }));
              onClose();
              onEmitted(id);
            },
          },
        );
      }}
    >
      <TextInput
        label={t(eventsText.event)}
        placeholder="order.paid"
        value={name}
        onChange={(event) => setName(event.currentTarget.value.trim())}
        error={tried && !goodName && t(eventsText.nameWrong)}
        required
        spellCheck={false}
        data-autofocus
        data-testid="event-name"
      />
      <Textarea
        label={t(eventsText.data)}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={tried && data === undefined && t(eventsText.dataWrong)}
        autosize
        minRows={4}
        maxRows={16}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        spellCheck={false}
        data-testid="event-data"
      />
    </DialogForm>
  );
}

function parsed(text: string): JsonValue | undefined {
  try {
    return jsonValue.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
