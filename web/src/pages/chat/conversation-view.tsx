/** One conversation: what was said, what is being answered, and the place to write. */
import { ActionIcon, Center, Group, Loader, Text, Tooltip } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Link } from 'react-router';
import type { Conversation } from '../../../../contracts/api/conversations.ts';
import { hasEnded } from '../../../../contracts/chat/message.ts';
import { useLiveApprovals } from '../../api/approvals.ts';
import { conversationKeys, markRead, useConversation } from '../../api/conversations.ts';
import { useCan } from '../../api/session.ts';
import { Thread } from '../../components/chat/thread.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { chatText } from '../../i18n/chat.ts';
import { useT } from '../../i18n/language.ts';
import { PendingPage } from '../pending-page.tsx';
import { ChatComposer } from './chat-composer.tsx';
import classes from './chat-page.module.css';
import { ConversationMenu } from './conversation-menu.tsx';
import { PartnerLink } from './partner-link.tsx';
import { PeopleHere } from './people-here.tsx';
import { useBranch } from './state/use-branch.ts';
import { usePeople } from './state/use-people.ts';
import { useTalk } from './state/use-talk.ts';

export function ConversationView({ id }: { id: string }) {
  const conversation = useConversation(id);
  if (conversation.data) return <Talk conversation={conversation.data} />;
  return <PendingPage query={conversation} />;
}

function Talk({ conversation }: { conversation: Conversation }) {
  const t = useT();
  const { id, title, with: partner, visibility, mine } = conversation;
  const mayTalk = useCan('chat.write');
  const { people, onPerson } = usePeople();
  const live = useBranch(id, onPerson);
  const { branch, error } = live;
  const talk = useTalk(conversation, live);
  useLiveApprovals();
  const shownTitle = title || t(chatText.untitled);
  useEffect(() => {
    document.title = `${shownTitle} · Hiviex`;
  }, [shownTitle]);
  const last = talk.messages.at(-1);
  useMarkRead(conversation, `${last?.id} ${last?.state}`);
  const isBusy = branch.messages.some(({ role, state }) => role === 'assistant' && !hasEnded(state));
  return (
    <>
      <Group className={classes.head} justify="space-between" wrap="nowrap">
        <Group gap="xs" wrap="nowrap" miw={0}>
          <Tooltip label={t(chatText.back)}>
            <ActionIcon component={Link} to="/chat" hiddenFrom="sm" aria-label={t(chatText.back)}>
              <IconArrowLeft size={18} />
            </ActionIcon>
          </Tooltip>
          <div style={{ minWidth: 0 }}>
            <Text component="h1" fw={600} truncate data-testid="conversation-title">
              {shownTitle}
            </Text>
            <Text size="xs" c="dimmed" truncate>
              <PartnerLink partner={partner} />
            </Text>
          </div>
        </Group>
        <ConversationMenu conversation={conversation} />
      </Group>
      {error && !branch.isLoaded ? (
        <Center flex={1} p="md">
          <ErrorNotice error={error} onRetry={() => void live.reload()} />
        </Center>
      ) : !branch.isLoaded ? (
        <Center flex={1}>
          <Loader />
        </Center>
      ) : talk.messages.length === 0 ? (
        <Center flex={1}>
          <Text c="dimmed">{t(chatText.beginning)}</Text>
        </Center>
      ) : (
        <Thread
          messages={talk.messages}
          actions={mayTalk ? talk.actions : {}}
          showAuthors={visibility === 'workspace' || !mine}
          hasOlder={branch.before !== undefined}
          onOlder={live.loadOlder}
        />
      )}
      <div className={classes.foot}>
        <PeopleHere people={people} />
        {mayTalk ? (
          <ChatComposer
            conversation={id}
            placeholder={t(chatText.placeholder, { name: partner.name || t(chatText.gone) })}
            focused
            send={talk.send}
            onStop={isBusy ? talk.stop : undefined}
          />
        ) : (
          <Text size="sm" c="dimmed" ta="center">
            {t(chatText.mayNotTalk)}
          </Text>
        )}
      </div>
    </>
  );
}

/** Whoever looks at the end has read it. @param end changes with it */
function useMarkRead({ id, unread }: Conversation, end: string): void {
  const client = useQueryClient();
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new end is read
  useEffect(() => {
    const read = () => {
      if (document.visibilityState !== 'visible') return;
      void markRead(id).then(
        () => client.invalidateQueries({ queryKey: conversationKeys.lists }),
        () => undefined,
      );
    };
    read();
    document.addEventListener('visibilitychange', read);
    return () => document.removeEventListener('visibilitychange', read);
  }, [id, unread, end, client]);
}
