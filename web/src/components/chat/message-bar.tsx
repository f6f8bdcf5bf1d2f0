/** The small buttons under a message. */
import { ActionIcon, Group, Text, Tooltip } from '@mantine/core';
import {
  IconChevronLeft,
  IconChevronRight,
  IconPencil,
  IconRefresh,
  IconThumbDown,
  IconThumbDownFilled,
  IconThumbUp,
  IconThumbUpFilled,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Message } from '../../../../contracts/api/conversations.ts';
import { textOf } from '../../../../contracts/chat/message.ts';
import { chatText } from '../../i18n/chat.ts';
import { useT } from '../../i18n/language.ts';
import { CopyButton } from '../copy-button.tsx';
import classes from './message-view.module.css';
import type { ThreadActions } from './thread-actions.ts';

export interface MessageBarProps {
  message: Message;
  actions: ThreadActions;
  onEdit?(): void;
}

export function MessageBar({ message, actions: { edit, again, show, rate }, onEdit }: MessageBarProps) {
  const t = useT();
  const { id, role, parts, siblings, feedback } = message;
  const text = textOf(parts);
  const given = feedback?.thumb;
  return (
    <Group
      gap={2}
      className={classes.bar}
      data-kept={given !== undefined || siblings.length > 1 || undefined}
    >
      {show && siblings.length > 1 && <Siblings id={id} siblings={siblings} show={show} />}
      {text !== '' && <CopyButton value={text} label={t(chatText.copy)} />}
      {role === 'user' && edit && onEdit && (
        <Act label={t(chatText.edit)} onClick={onEdit} testId="message-edit">
          <IconPencil size={15} />
        </Act>
      )}
      {role === 'assistant' && again && (
        <Act label={t(chatText.again)} onClick={() => void again(id)} testId="message-again">
          <IconRefresh size={15} />
        </Act>
      )}
      {role === 'assistant' && rate && (
        <>
          <Act
            label={t(chatText.good)}
            pressed={given === 'up'}
            onClick={() => void rate(id, given === 'up' ? null : 'up')}
            testId="thumb-up"
          >
            {given === 'up' ? <IconThumbUpFilled size={15} /> : <IconThumbUp size={15} />}
          </Act>
          <Act
            label={t(chatText.bad)}
            pressed={given === 'down'}
            onClick={() => void rate(id, given === 'down' ? null : 'down')}
            testId="thumb-down"
          >
            {given === 'down' ? <IconThumbDownFilled size={15} /> : <IconThumbDown size={15} />}
          </Act>
        </>
      )}
    </Group>
  );
}

interface SiblingsProps {
  id: string;
  siblings: readonly string[];
  show(message: string): Promise<void>;
}

function Siblings({ id, siblings, show }: SiblingsProps) {
  const t = useT();
  const position = siblings.indexOf(id);
  const before = siblings[position - 1];
  const after = siblings[position + 1];
  return (
    <Group gap={0} wrap="nowrap" data-testid="siblings">
      <Act
        label={t(chatText.before)}
        disabled={before === undefined}
        onClick={() => before && void show(before)}
        testId="sibling-before"
      >
        <IconChevronLeft size={15} />
      </Act>
      <Text size="xs" c="dimmed" style={{ fontVariantNumeric: 'tabular-nums' }}>
        {t(chatText.ofVersions, { number: position + 1, count: siblings.length })}
      </Text>
      <Act
        label={t(chatText.after)}
        disabled={after === undefined}
        onClick={() => after && void show(after)}
        testId="sibling-after"
      >
        <IconChevronRight size={15} />
      </Act>
    </Group>
  );
}

interface ActProps {
  label: string;
  pressed?: boolean;
  disabled?: boolean;
  testId: string;
  onClick(): void;
  children: ReactNode;
}

function Act({ label, pressed, disabled = false, testId, onClick, children }: ActProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        size="sm"
        aria-label={label}
        aria-pressed={pressed}
        disabled={disabled}
        onClick={onClick}
        data-testid={testId}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
