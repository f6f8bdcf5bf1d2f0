/** Where one writes: Enter sends, Shift+Enter begins a line, Esc stops what is being answered. */
import { ActionIcon, Group, Paper, Textarea, Tooltip } from '@mantine/core';
import { IconArrowUp, IconPlayerStopFilled } from '@tabler/icons-react';
import { type ReactNode, type Ref, useState } from 'react';
import { chatText } from '../../i18n/chat.ts';
import { useT } from '../../i18n/language.ts';
import classes from './composer.module.css';

export interface ComposerProps {
  placeholder: string;
  /** False: it was not taken, and what was written stays. */
  onSend(text: string): Promise<boolean>;
  /** Left out: nothing is being answered. */
  onStop?: (() => void) | undefined;
  onType?(): void;
  disabled?: boolean;
  /** It has more to send than text, so that the text may be empty. */
  hasFiles?: boolean;
  /** Above the text: files that go with it. */
  children?: ReactNode;
  /** Beside the buttons, at the left. */
  aside?: ReactNode;
  ref?: Ref<HTMLTextAreaElement>;
}

export function Composer(props: ComposerProps) {
  const {
    placeholder,
    onSend,
    onStop,
    onType,
    disabled = false,
    hasFiles = false,
    children,
    aside,
    ref,
  } = props;
  const t = useT();
  const [text, setText] = useState('');
  const canSend = !disabled && (text.trim() !== '' || hasFiles);
  const send = async () => {
    if (!canSend) return;
    setText('');
    // What was typed meanwhile is newer.
    if (!(await onSend(text.trim()))) setText((now) => now || text);
  };
  return (
    <Paper className={classes.composer} data-testid="composer">
      {children}
      <Textarea
        ref={ref}
        variant="unstyled"
        autosize
        minRows={1}
        maxRows={10}
        aria-label={t(chatText.message)}
        placeholder={placeholder}
        value={text}
        disabled={disabled}
        maxLength={200_000}
        classNames={{ input: classes.input }}
        onChange={(event) => {
          setText(event.currentTarget.value);
          onType?.();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && onStop) {
            event.preventDefault();
            onStop();
          }
          // Enter also ends what an input method composes.
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          void send();
        }}
        data-testid="composer-text"
      />
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <div>{aside}</div>
        <Group gap={6} wrap="nowrap">
          {onStop && (
            <Tooltip label={t(chatText.stop)}>
              <ActionIcon
                size={34}
                radius="xl"
                variant="default"
                aria-label={t(chatText.stop)}
                onClick={onStop}
                data-testid="stop"
              >
                <IconPlayerStopFilled size={16} />
              </ActionIcon>
            </Tooltip>
          )}
          <Tooltip label={t(chatText.sendHelp)}>
            <ActionIcon
              size={34}
              radius="xl"
              variant="filled"
              color="iris"
              aria-label={t(chatText.send)}
              disabled={!canSend}
              onClick={send}
              data-testid="send"
            >
              <IconArrowUp size={18} />
            </ActionIcon>
          </Tooltip>
        </Group>
      </Group>
    </Paper>
  );
}
