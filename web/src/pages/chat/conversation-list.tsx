/** One's conversations, the last one said something in first; a search looks at titles and messages. */
import { Button, Group, Loader, Skeleton, Stack, Text, TextInput, Tooltip } from '@mantine/core';
import { IconPlus, IconSearch, IconUsers } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { ConversationSummary } from '../../../../contracts/api/conversations.ts';
import { useConversations } from '../../api/conversations.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { useSearch } from '../../components/use-search.ts';
import { chatText } from '../../i18n/chat.ts';
import { common } from '../../i18n/common.ts';
import { useT } from '../../i18n/language.ts';
import classes from './chat-page.module.css';

export function ConversationList({ chosen }: { chosen: string | undefined }) {
  const t = useT();
  const { field, settled } = useSearch();
  const list = useConversations(settled);
  const rows = list.data ?? [];
  return (
    <>
      <Stack gap="xs" p="sm" pb={6}>
        <Button
          component={Link}
          to="/chat"
          variant="default"
          leftSection={<IconPlus size={16} />}
          data-testid="new-conversation"
        >
          {t(chatText.new)}
        </Button>
        <TextInput
          type="search"
          aria-label={t(chatText.search)}
          placeholder={t(chatText.search)}
          leftSection={<IconSearch size={15} />}
          value={field.value}
          onChange={(event) => field.onChange(event.currentTarget.value)}
          data-testid="conversation-search"
        />
      </Stack>
      <div className={classes.rows}>
        {list.error && <ErrorNotice error={list.error} onRetry={list.refetch} />}
        {list.isPending && <Skeleton height={120} />}
        {list.data && rows.length === 0 && (
          <Text size="sm" c="dimmed" px={10} py="xs">
            {settled ? t(chatText.noMatch, { search: settled }) : t(chatText.noneYet)}
          </Text>
        )}
        {rows.map((conversation) => (
          <Row key={conversation.id} conversation={conversation} isChosen={conversation.id === chosen} />
        ))}
        {list.hasNextPage && (
          <Button
            variant="subtle"
            size="xs"
            fullWidth
            onClick={() => list.fetchNextPage()}
            loading={list.isFetchingNextPage}
          >
            {t(common.loadMore)}
          </Button>
        )}
      </div>
    </>
  );
}

interface RowProps {
  conversation: ConversationSummary;
  isChosen: boolean;
}

function Row({ conversation, isChosen }: RowProps) {
  const t = useT();
  const { id, title, with: partner, updatedAt, unread, busy, visibility, found } = conversation;
  const isUnread = unread && !isChosen;
  return (
    <Link
      to={`/chat/${id}`}
      className={classes.row}
      aria-current={isChosen ? 'page' : undefined}
      data-testid="conversation-row"
    >
      <Group gap={8} wrap="nowrap">
        <Text size="sm" fw={isUnread ? 700 : 500} truncate flex={1}>
          {title || t(chatText.untitled)}
        </Text>
        {visibility === 'workspace' && (
          <Tooltip label={t(chatText.openToAll)}>
            <IconUsers size={14} aria-label={t(chatText.openToAll)} style={{ flex: 'none' }} />
          </Tooltip>
        )}
        {busy && <Loader size={12} aria-label={t(chatText.busy)} />}
        {isUnread && <span role="img" className={classes.dot} aria-label={t(chatText.unread)} />}
      </Group>
      <Group gap={8} wrap="nowrap" justify="space-between">
        <Text size="xs" c="dimmed" truncate>
          {partner.name || t(chatText.gone)}
        </Text>
        <TimeAgo at={updatedAt} size="xs" />
      </Group>
      {found && (
        <Text size="xs" c="dimmed" lineClamp={2} mt={2}>
          {found.excerpt}
        </Text>
      )}
    </Link>
  );
}
