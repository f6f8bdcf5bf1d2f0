import { Group, Table, Text, UnstyledButton } from '@mantine/core';
import type { EventSummary } from '../../../../contracts/api/events.ts';
import { ListTable } from '../../components/list-frame.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { eventsText, systemEventTextOf } from '../../i18n/events.ts';
import { useT } from '../../i18n/language.ts';

export interface EventRowsProps {
  events: readonly EventSummary[];
  onOpen(id: string): void;
}

export function EventRows({ events, onOpen }: EventRowsProps) {
  const t = useT();
  return (
    <ListTable
      columns={[
        { label: t(eventsText.event) },
        { label: t(eventsText.source), width: 180, visibleFrom: 'md' },
        { label: t(eventsText.heard), width: 160, visibleFrom: 'sm' },
        { label: t(eventsText.at), width: 150, visibleFrom: 'sm' },
      ]}
    >
      {events.map((event) => (
        <Table.Tr
          key={event.id}
          onClick={() => onOpen(event.id)}
          style={{ cursor: 'pointer' }}
          data-testid="event-row"
          data-event={event.id}
        >
          <Table.Td>
            <UnstyledButton className="hx-row-link" onClick={() => onOpen(event.id)} maw="100%">
              <Text fw={600} truncate>
                {event.name}
              </Text>
            </UnstyledButton>
            <Meaning name={event.name} />
            <Group gap={6} mt={4} hiddenFrom="sm">
              <TimeAgo at={event.at} />
              <Text size="sm" c="dimmed">
                · {t(eventsText.heardBy)}
              </Text>
              <Heard event={event} />
            </Group>
          </Table.Td>
          <Table.Td visibleFrom="md">
            <Text size="sm">{t(sourceText(event))}</Text>
          </Table.Td>
          <Table.Td visibleFrom="sm">
            <Heard event={event} />
          </Table.Td>
          <Table.Td visibleFrom="sm">
            <TimeAgo at={event.at} />
          </Table.Td>
        </Table.Tr>
      ))}
    </ListTable>
  );
}

export function sourceText({ source }: Pick<EventSummary, 'source'>) {
  const texts = {
    run: eventsText.byRun,
    api: eventsText.byApi,
    system: eventsText.bySystem,
    replay: eventsText.byReplay,
  };
  return texts[source.kind];
}

/** Of an event that Hiviex emits. */
export function Meaning({ name }: { name: string }) {
  const t = useT();
  const meaning = systemEventTextOf(name);
  if (!meaning) return null;
  return (
    <Text size="sm" c="dimmed" data-testid="event-meaning">
      {t(meaning)}
    </Text>
  );
}

function Heard({ event: { told, heard } }: { event: EventSummary }) {
  const t = useT();
  if (!told) return <Text size="sm">{t(eventsText.telling)}</Text>;
  return (
    <Text size="sm" c={heard === 0 ? 'dimmed' : undefined}>
      {heard === 0 ? t(eventsText.nobody) : t(eventsText.runs, { count: heard })}
    </Text>
  );
}
