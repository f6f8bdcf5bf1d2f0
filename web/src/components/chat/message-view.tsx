/** One message of a thread: what a person said, at the right, or an answer, over the whole width. */
import { Alert, Anchor, Button, Group, Loader, Paper, Stack, Text, Textarea } from '@mantine/core';
import { IconAlertTriangle, IconPlayerStop } from '@tabler/icons-react';
import { memo, useState } from 'react';
import { Link } from 'react-router';
import type { Message } from '../../../../contracts/api/conversations.ts';
import { hasEnded, textOf } from '../../../../contracts/chat/message.ts';
import { answerFailureText, chatText, messageStateText } from '../../i18n/chat.ts';
import { common } from '../../i18n/common.ts';
import { useT } from '../../i18n/language.ts';
import { AttachedFile } from './attached-file.tsx';
import { CostLine } from './cost-line.tsx';
import { MessageBar } from './message-bar.tsx';
import { MessageParts } from './message-parts.tsx';
import classes from './message-view.module.css';
import { SandboxNote } from './sandbox-note.tsx';
import type { ThreadActions } from './thread-actions.ts';

export interface MessageViewProps {
  message: Message;
  actions: ThreadActions;
  /** Said over what others wrote; one's own messages say who only where others write too. */
  showAuthor: boolean;
  /** What an answer took. */
  showCosts?: boolean;
}

export const MessageView = memo(function MessageView(props: MessageViewProps) {
  return (
    <article
      className={classes.message}
      data-role={props.message.role}
      data-testid="message"
      data-message={props.message.id}
      data-state={props.message.state}
    >
      {props.message.role === 'user' ? <Said {...props} /> : <Answer {...props} />}
    </article>
  );
});

function Said({ message, actions, showAuthor }: MessageViewProps) {
  const t = useT();
  const [edits, setEdits] = useState(false);
  const text = textOf(message.parts);
  const files = message.parts.filter((part) => part.type === 'file');
  if (edits && actions.edit)
    return (
      <Edit
        text={text}
        onCancel={() => setEdits(false)}
        onSave={(next) => {
          setEdits(false);
          void actions.edit?.(message.id, next);
        }}
      />
    );
  return (
    <Stack gap={4} align="flex-end">
      {showAuthor && message.author && (
        <Text size="xs" c="dimmed">
          {message.author.name}
        </Text>
      )}
      {files.map((file) => (
        <AttachedFile key={file.file} file={file} />
      ))}
      {text !== '' && (
        <Paper withBorder={false} className={classes.said} data-testid="message-text">
          {text}
        </Paper>
      )}
      {message.state === 'queued' && (
        <Text size="xs" c="dimmed">
          {t(chatText.sending)}
        </Text>
      )}
      <MessageBar message={message} actions={actions} onEdit={() => setEdits(true)} />
    </Stack>
  );
}

function Answer({ message, actions, showCosts = false }: MessageViewProps) {
  const t = useT();
  const { parts, state, failure, took } = message;
  const known = failure && answerFailureText[failure.code];
  const isBegun = parts.some((part) => part.type !== 'text' || part.text.trim() !== '');
  return (
    <Stack gap={6}>
      <MessageParts parts={parts} />
      {!isBegun && !hasEnded(state) && (
        <Group gap="xs" c="dimmed" role="status">
          <Loader size={14} type="dots" />
          <Text size="sm">
            {t(state === 'running' ? chatText.thinking : messageStateText[state as 'queued' | 'waiting'])}
          </Text>
        </Group>
      )}
      {state === 'stopped' && (
        <Group gap={6} c="dimmed">
          <IconPlayerStop size={15} aria-hidden />
          <Text size="sm">{t(messageStateText.stopped)}</Text>
        </Group>
      )}
      {state === 'failed' && (
        <Alert
          color="red"
          variant="light"
          icon={<IconAlertTriangle />}
          title={known ? t(known.message) : (failure?.message ?? t(messageStateText.failed))}
          data-testid="answer-failed"
        >
          {failure?.hint && <Text size="sm">{known ? t(known.hint) : failure.hint}</Text>}
          {/* A run of an automation that answers has the id of its message. */}
          {failure?.code === 'no-reply' && (
            <Anchor component={Link} to={`/runs/${message.id}`} size="sm">
              {t(chatText.openRun)}
            </Anchor>
          )}
        </Alert>
      )}
      {took && <SandboxNote by={took.by} />}
      {showCosts && took && <CostLine {...took} />}
      {hasEnded(state) && <MessageBar message={message} actions={actions} />}
    </Stack>
  );
}

interface EditProps {
  text: string;
  onSave(text: string): void;
  onCancel(): void;
}

function Edit({ text, onSave, onCancel }: EditProps) {
  const t = useT();
  const [draft, setDraft] = useState(text);
  const canSave = draft.trim() !== '' && draft !== text;
  return (
    <Paper p="sm" className={classes.edit}>
      <Textarea
        aria-label={t(chatText.message)}
        autosize
        minRows={2}
        maxRows={14}
        autoFocus
        value={draft}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.stopPropagation();
            onCancel();
          }
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          if (canSave) onSave(draft);
        }}
        data-testid="edit-text"
      />
      <Group justify="flex-end" gap="xs" mt="xs">
        <Button size="xs" variant="default" onClick={onCancel}>
          {t(common.cancel)}
        </Button>
        <Button size="xs" disabled={!canSave} onClick={() => onSave(draft)} data-testid="edit-save">
          {t(chatText.saveEdit)}
        </Button>
      </Group>
    </Paper>
  );
}
