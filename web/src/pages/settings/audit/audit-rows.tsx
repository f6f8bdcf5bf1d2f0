/** Rows of the audit log; each opens to what changed. */
import { ActionIcon, Badge, Box, Code, Group, SimpleGrid, Stack, Table, Text } from '@mantine/core';
import {
  IconAlertTriangle,
  IconBan,
  IconChevronDown,
  IconChevronRight,
  IconCircleCheck,
  type TablerIcon,
} from '@tabler/icons-react';
import { Fragment, type ReactNode, useState } from 'react';
import type { AuditEvent } from '../../../../../contracts/api/audit.ts';
import type { JsonObject } from '../../../../../contracts/json.ts';
import { CopyId } from '../../../components/copy-button.tsx';
import { JsonTree } from '../../../components/json-tree.tsx';
import { ListTable } from '../../../components/list-frame.tsx';
import { TimeAgo } from '../../../components/time-ago.tsx';
import { auditText } from '../../../i18n/audit.ts';
import { type Translate, useT } from '../../../i18n/language.ts';
import { actionName, resourceName } from './audit-words.ts';

const outcomes: Record<AuditEvent['outcome'], { color: string; icon: TablerIcon }> = {
  done: { color: 'green', icon: IconCircleCheck },
  refused: { color: 'orange', icon: IconBan },
  failed: { color: 'red', icon: IconAlertTriangle },
};

export function AuditRows({ events }: { events: readonly AuditEvent[] }) {
  const t = useT();
  return (
    <ListTable
      columns={[
        { label: t(auditText.details), width: 52, unlabelled: true },
        { label: t(auditText.what) },
        { label: t(auditText.who), width: 190, visibleFrom: 'md' },
        { label: t(auditText.outcome), width: { base: 118, sm: 130 } },
        { label: t(auditText.when), width: 140, visibleFrom: 'sm' },
      ]}
    >
      {events.map((event) => (
        <EventRow key={event.id} event={event} />
      ))}
    </ListTable>
  );
}

function EventRow({ event }: { event: AuditEvent }) {
  const t = useT();
  const [isOpen, setIsOpen] = useState(false);
  const { resource } = event;
  const label = t(isOpen ? auditText.hide : auditText.show);
  const detailsId = `audit-${event.id}`;
  return (
    <Fragment>
      <Table.Tr data-testid="audit-row">
        <Table.Td py={0} pe={0}>
          <ActionIcon
            aria-label={label}
            aria-expanded={isOpen}
            aria-controls={detailsId}
            onClick={() => setIsOpen(!isOpen)}
          >
            {isOpen ? <IconChevronDown size={16} /> : <IconChevronRight size={16} />}
          </ActionIcon>
        </Table.Td>
        <Table.Td>
          <Text size="sm" fw={600} truncate title={event.action}>
            {actionName(event.action, t)}
          </Text>
          {resource && (
            <Text size="sm" c="dimmed" truncate>
              {[resourceName(resource.type, t), resource.name].filter(Boolean).join(' · ')}
            </Text>
          )}
          <Box hiddenFrom="md">
            <Text size="sm" c="dimmed" truncate>
              {actorName(event, t)}
            </Text>
          </Box>
          <Box hiddenFrom="sm">
            <TimeAgo at={event.at} />
          </Box>
        </Table.Td>
        <Table.Td visibleFrom="md">
          <Text size="sm" truncate>
            {actorName(event, t)}
          </Text>
          {event.actor.type === 'key' && (
            <Text size="xs" c="dimmed">
              {t(auditText.key)}
            </Text>
          )}
        </Table.Td>
        <Table.Td>
          <Outcome outcome={event.outcome} />
        </Table.Td>
        <Table.Td visibleFrom="sm">
          <TimeAgo at={event.at} />
        </Table.Td>
      </Table.Tr>
      {isOpen && (
        <Table.Tr id={detailsId}>
          <Table.Td colSpan={5} bg="var(--mantine-color-default-hover)">
            <Details event={event} />
          </Table.Td>
        </Table.Tr>
      )}
    </Fragment>
  );
}

function Outcome({ outcome }: { outcome: AuditEvent['outcome'] }) {
  const t = useT();
  const { color, icon: Icon } = outcomes[outcome];
  return (
    <Badge
      variant="light"
      color={color}
      tt="none"
      fw={600}
      leftSection={<Icon size={13} aria-hidden />}
      style={{ maxWidth: 'none' }}
    >
      {t(auditText[outcome])}
    </Badge>
  );
}

function Details({
  event: { action, ip, userAgent, actor, resource, before, after },
}: {
  event: AuditEvent;
}) {
  const t = useT();
  return (
    <Stack gap="sm" py="xs">
      <Group gap="lg">
        <Fact label={t(auditText.what)}>
          <CopyId id={action} />
        </Fact>
        {ip && <Fact label={t(auditText.address)}>{<Code>{ip}</Code>}</Fact>}
        {userAgent && (
          <Fact label={t(auditText.device)}>
            <Text size="sm" maw={480} truncate title={userAgent}>
              {userAgent}
            </Text>
          </Fact>
        )}
        {actor.id && <Fact label={t(auditText.who)}>{<CopyId id={actor.id} />}</Fact>}
        {resource?.id && <Fact label={t(auditText.to)}>{<CopyId id={resource.id} />}</Fact>}
      </Group>
      {(before || after) && (
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          {before && <Side label={t(auditText.before)} value={before} />}
          {after && <Side label={t(auditText.after)} value={after} />}
        </SimpleGrid>
      )}
    </Stack>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Group gap={6} wrap="nowrap">
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      {children}
    </Group>
  );
}

function Side({ label, value }: { label: string; value: JsonObject }) {
  return (
    <div>
      <Text size="xs" fw={600} c="dimmed" mb={2}>
        {label}
      </Text>
      <JsonTree value={value} />
    </div>
  );
}

function actorName({ actor: { type, name, id } }: AuditEvent, t: Translate): string {
  if (type === 'system') return t(auditText.system);
  if (type === 'nobody') return t(auditText.nobody);
  return name ?? (id === undefined ? '—' : t(auditText.gone, { id }));
}
