/**
 * Messages from the first to the last, the end in sight. Only those that are on the screen are drawn, so that thousands cost no more
 * than a few. Whoever reads at the end stays there while an answer grows; whoever scrolled up is left alone.
 */
import { ActionIcon, Loader, Text, Tooltip } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import type { Message } from '../../../../contracts/api/conversations.ts';
import { chatText } from '../../i18n/chat.ts';
import { useT } from '../../i18n/language.ts';
import { MessageView } from './message-view.tsx';
import classes from './thread.module.css';
import type { ThreadActions } from './thread-actions.ts';

export interface ThreadProps {
  messages: readonly Message[];
  actions: ThreadActions;
  showAuthors?: boolean;
  /** What each answer took. */
  showCosts?: boolean;
  /** There are messages before the first one here. */
  hasOlder?: boolean;
  onOlder?(): Promise<void>;
}

/** Pixels from the end that still count as being there, and from the beginning that call for what came before. */
const endReach = 80;
const beginningReach = 600;

export function Thread(props: ThreadProps) {
  const { messages, actions, showAuthors = false, showCosts = false, hasOlder = false, onOlder } = props;
  const t = useT();
  const frame = useRef<HTMLDivElement>(null);
  const [isAtEnd, setIsAtEnd] = useState(true);
  const rows = useVirtualizer({
    count: messages.length,
    getScrollElement: () => frame.current,
    estimateSize: (index) => (messages[index]?.role === 'user' ? 84 : 180),
    getItemKey: (index) => messages[index]?.id ?? index,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: endReach,
    overscan: 6,
    paddingStart: 16,
    paddingEnd: 24,
  });
  const isEmpty = messages.length === 0;
  // It opens at its end.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when there is something
  useEffect(() => {
    if (!isEmpty) rows.scrollToEnd();
  }, [isEmpty]);

  // What the person says themselves is shown to them, wherever they were reading.
  const said = messages.findLast(({ role, state }) => role === 'user' && state === 'queued')?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each
  useEffect(() => {
    if (said !== undefined) rows.scrollToEnd();
  }, [said]);

  const look = () => {
    const element = frame.current;
    if (!element) return;
    setIsAtEnd(element.scrollHeight - element.scrollTop - element.clientHeight < endReach);
    if (hasOlder && element.scrollTop < beginningReach) void onOlder?.();
  };
  // Few messages may not fill the screen: nothing scrolls then.
  // biome-ignore lint/correctness/useExhaustiveDependencies: when there are more of them
  useEffect(look, [messages.length, hasOlder]);

  return (
    <div className={classes.thread}>
      <section
        ref={frame}
        className={classes.frame}
        onScroll={look}
        aria-label={t(chatText.thread)}
        data-testid="thread"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard, too
        tabIndex={0}
      >
        {hasOlder && (
          <div className={classes.older}>
            <Loader size={14} />
            <Text size="xs" c="dimmed">
              {t(chatText.older)}
            </Text>
          </div>
        )}
        <div className={classes.rows} style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index, key, start }) => (
            <div
              key={key}
              ref={rows.measureElement}
              data-index={index}
              className={classes.row}
              style={{ transform: `translateY(${start}px)` }}
            >
              <MessageView
                message={messages[index]!}
                actions={actions}
                showAuthor={showAuthors}
                showCosts={showCosts}
              />
            </div>
          ))}
        </div>
      </section>
      {!isAtEnd && !isEmpty && (
        <Tooltip label={t(chatText.newest)}>
          <ActionIcon
            variant="default"
            radius="xl"
            size={36}
            className={classes.down}
            aria-label={t(chatText.newest)}
            onClick={() => rows.scrollToEnd({ behavior: 'smooth' })}
          >
            <IconArrowDown size={18} />
          </ActionIcon>
        </Tooltip>
      )}
    </div>
  );
}
