/** The bell: how much is not read, and what it is. A click leads there and counts as reading. */
import {
  ActionIcon,
  Button,
  Group,
  Indicator,
  Popover,
  ScrollArea,
  Skeleton,
  Stack,
  Text,
  Tooltip,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBell } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { Notification } from '../../../contracts/api/notifications.ts';
import {
  useLiveNotifications,
  useNotifications,
  useReadNotifications,
  useUnreadCount,
} from '../api/notifications.ts';
import { ErrorNotice } from '../components/error-notice.tsx';
import { TimeAgo } from '../components/time-ago.tsx';
import { answerFailureText, chatText } from '../i18n/chat.ts';
import { common } from '../i18n/common.ts';
import { type Translate, useT } from '../i18n/language.ts';
import { notificationsText, sharedLevelText } from '../i18n/notifications.ts';
import classes from './shell.module.css';

export function NotificationsBell({ onNavigate }: { onNavigate(): void }) {
  const t = useT();
  const [opened, { toggle, close }] = useDisclosure();
  const unread = useUnreadCount().data?.unread ?? 0;
  useLiveNotifications();
  const label =
    unread > 0
      ? `${t(notificationsText.title)}: ${t(notificationsText.unread, { count: unread })}`
      : t(notificationsText.title);
  return (
    <Popover
      opened={opened}
      onChange={(open) => !open && close()}
      position="bottom-start"
      width={340}
      shadow="md"
    >
      <Popover.Target>
        <Tooltip label={label} disabled={opened}>
          <Indicator
            disabled={unread === 0}
            label={unread < 100 ? unread : '99+'}
            size={16}
            offset={5}
            color="var(--mantine-primary-color-filled)"
          >
            <ActionIcon size={34} aria-label={label} onClick={toggle} data-testid="notifications">
              <IconBell size={19} stroke={1.7} />
            </ActionIcon>
          </Indicator>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p={0}>
        <List
          hasUnread={unread > 0}
          onChosen={() => {
            close();
            onNavigate();
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

function List({ hasUnread, onChosen }: { hasUnread: boolean; onChosen(): void }) {
  const t = useT();
  const list = useNotifications(true);
  const read = useReadNotifications();
  const rows = list.data ?? [];
  return (
    <>
      <Group justify="space-between" px="md" py="xs">
        <Text fw={600}>{t(notificationsText.title)}</Text>
        {hasUnread && (
          <Button size="compact-xs" variant="subtle" onClick={() => read.mutate(undefined)}>
            {t(notificationsText.readAll)}
          </Button>
        )}
      </Group>
      <ScrollArea.Autosize mah={420}>
        <Stack gap={0} px={6} pb={6}>
          {list.error && <ErrorNotice error={list.error} onRetry={list.refetch} />}
          {list.isPending && <Skeleton height={60} />}
          {list.data && rows.length === 0 && (
            <Text size="sm" c="dimmed" px="sm" pb="sm">
              {t(notificationsText.empty)}
            </Text>
          )}
          {rows.map((one) => (
            <Row
              key={one.id}
              notification={one}
              onClick={() => {
                if (!one.readAt) read.mutate([one.id]);
                onChosen();
              }}
            />
          ))}
          {list.hasNextPage && (
            <Button size="xs" variant="subtle" onClick={() => list.fetchNextPage()}>
              {t(common.loadMore)}
            </Button>
          )}
        </Stack>
      </ScrollArea.Autosize>
    </>
  );
}

function Row({ notification, onClick }: { notification: Notification; onClick(): void }) {
  const t = useT();
  const { to, title, detail } = shown(notification, t);
  return (
    <Link to={to} className={classes.notification} onClick={onClick} data-testid="notification">
      <Group gap={8} wrap="nowrap" align="baseline">
        <Text size="sm" fw={notification.readAt ? 400 : 600} lineClamp={2} flex={1}>
          {title}
        </Text>
        <TimeAgo at={notification.createdAt} size="xs" />
      </Group>
      {detail && (
        <Text size="xs" c="dimmed" lineClamp={2}>
          {detail}
        </Text>
      )}
    </Link>
  );
}

function shown({ about, times }: Notification, t: Translate): { to: string; title: string; detail?: string } {
  switch (about.kind) {
    case 'approval':
      return {
        to: about.conversation ? `/chat/${about.conversation}` : `/approvals/${about.approval}`,
        title: t(notificationsText.approval, { title: about.title }),
      };
    case 'answer': {
      const words = about.state === 'failed' ? notificationsText.notAnswered : notificationsText.answered;
      const title = t(words, { title: about.title || t(chatText.untitled) });
      const known = about.code === undefined ? undefined : answerFailureText[about.code];
      return { to: `/chat/${about.conversation}`, title, detail: known ? t(known.message) : about.excerpt };
    }
    case 'run-failed': {
      const { run, automation, message } = about;
      const title =
        times > 1
          ? t(notificationsText.runsFailed, { name: automation.name, count: times })
          : t(notificationsText.runFailed, { name: automation.name });
      const to = times > 1 ? `/runs?automation=${automation.id}&state=failed` : `/runs/${run}`;
      return { to, title, detail: message };
    }
    case 'shared': {
      const { resource, by, level } = about;
      const title = t(notificationsText.shared, { by, name: resource.name });
      return { to: addressOf(resource), title, detail: t(sharedLevelText[level]) };
    }
  }
}

type Shared = Extract<Notification['about'], { kind: 'shared' }>;

function addressOf({ type, id }: Shared['resource']): string {
  return { automation: `/automations/${id}`, agent: `/agents/${id}`, credential: '/settings/credentials' }[
    type
  ];
}
