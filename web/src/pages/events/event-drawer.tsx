/** One event: what it carried, who heard it, and emitting it again. */
import {
  Alert,
  Anchor,
  Button,
  Drawer,
  Group,
  Skeleton,
  Stack,
  Table,
  Text,
  Title,
  Tooltip,
} from '@mantine/core';
import { IconRepeat } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { EventHearing, WorkspaceEventDetails } from '../../../../contracts/api/events.ts';
import { useEvent, useReplayEvent } from '../../api/events.ts';
import { useCan } from '../../api/session.ts';
import { CopyButton, CopyId } from '../../components/copy-button.tsx';
import { ErrorNotice, notifyDone, notifyError } from '../../components/error-notice.tsx';
import { JsonTree } from '../../components/json-tree.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { eventsText, hearingText } from '../../i18n/events.ts';
import { useT } from '../../i18n/language.ts';
import { Meaning, sourceText } from './event-rows.tsx';

export interface EventDrawerProps {
  /** Undefined: it is closed. */
  id: string | undefined;
  onClose(): void;
  onOpen(id: string): void;
}

export function EventDrawer({ id, onClose, onOpen }: EventDrawerProps) {
  const t = useT();
  return (
    <Drawer
      opened={id !== undefined}
      onClose={onClose}
      position="right"
      size="lg"
      title={t(eventsText.event)}
    >
      {id !== undefined && <Loaded id={id} onOpen={onOpen} />}
    </Drawer>
  );
}

function Loaded({ id, onOpen }: { id: string; onOpen(id: string): void }) {
  const { data, error, refetch } = useEvent(id);
  if (error) return <ErrorNotice error={error} onRetry={refetch} />;
  if (!data) return <Skeleton height={240} />;
  return <Details event={data} onOpen={onOpen} />;
}

function Details({ event, onOpen }: { event: WorkspaceEventDetails; onOpen(id: string): void }) {
  const t = useT();
  const replay = useReplayEvent();
  const mayEmit = useCan('event.emit');
  const { source } = event;
  const conversation = conversationOf(event);
  return (
    <Stack data-testid="event-details">
      <Group justify="space-between" align="flex-start">
        <div>
          <Title order={3} style={{ overflowWrap: 'anywhere' }}>
            {event.name}
          </Title>
          <Meaning name={event.name} />
          <Group gap="xs">
            <TimeAgo at={event.at} />
            <Text size="sm" c="dimmed">
              {t(sourceText(event))}
            </Text>
            {'run' in source && source.run && (
              <Anchor component={Link} to={`/runs/${source.run}`} size="sm">
                {t(eventsText.openRun)}
              </Anchor>
            )}
            {conversation !== undefined && (
              <Anchor component={Link} to={`/chat/${conversation}`} size="sm">
                {t(eventsText.openConversation)}
              </Anchor>
            )}
          </Group>
        </div>
        {mayEmit && (
          <Tooltip label={t(eventsText.replayHelp)}>
            <Button
              variant="default"
              leftSection={<IconRepeat size={16} />}
              loading={replay.isPending}
              data-testid="replay-event"
              onClick={() =>
                replay.mutate(event.id, {
                  onError: notifyError,
                  onSuccess: (again) => {
                    notifyDone(t(eventsText.emitted, { count: again.heard }));
                    onOpen(again.id);
                  },
                })
              }
            >
              {t(eventsText.replay)}
            </Button>
          </Tooltip>
        )}
      </Group>
      <CopyId id={event.id} />
      {event.depth > 0 && (
        <Text size="sm" c="dimmed">
          {t(eventsText.depth, { count: event.depth })}
        </Text>
      )}
      <section>
        <Title order={4} mb="xs">
          {t(eventsText.hearings)}
        </Title>
        {event.hearings.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t(eventsText.noHearings)}
          </Text>
        ) : (
          <Table verticalSpacing="xs">
            <Table.Tbody>
              {event.hearings.map((hearing) => (
                <Hearing key={`${hearing.automation.id} ${hearing.node}`} hearing={hearing} />
              ))}
            </Table.Tbody>
          </Table>
        )}
      </section>
      <section>
        <Group justify="space-between" mb="xs">
          <Title order={4}>{t(eventsText.data)}</Title>
          <CopyButton value={JSON.stringify(event.data, undefined, 2)} />
        </Group>
        <JsonTree value={event.data} />
      </section>
    </Stack>
  );
}

/** Of an answer in a chat. Who may read it decides the page. */
function conversationOf({ name, data }: Pick<WorkspaceEventDetails, 'name' | 'data'>): string | undefined {
  if (!name.startsWith('chat.')) return undefined;
  const { conversation } = data as { conversation?: { id?: string } };
  return conversation?.id;
}

function Hearing({ hearing: { automation, state, run, failure } }: { hearing: EventHearing }) {
  const t = useT();
  return (
    <Table.Tr data-testid="event-hearing">
      <Table.Td>
        <Anchor component={Link} to={`/automations/${automation.id}`} size="sm" fw={600}>
          {automation.name}
        </Anchor>
        {failure && (
          <Alert color="red" mt="xs" p="xs">
            {failure.message}
          </Alert>
        )}
      </Table.Td>
      <Table.Td ta="right">
        {state === 'started' && run ? (
          <Anchor component={Link} to={`/runs/${run}`} size="sm">
            {t(eventsText.openRun)}
          </Anchor>
        ) : (
          <Text size="sm" c="dimmed">
            {t(hearingText[state])}
          </Text>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
