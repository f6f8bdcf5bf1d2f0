import { Anchor, Badge, Box, Group, Table, Text, Tooltip } from '@mantine/core';
import { IconAlertTriangleFilled, IconPlayerPauseFilled } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { Schedule } from '../../../../contracts/api/schedules.ts';
import { TimeAgo } from '../../components/time-ago.tsx';
import { useT } from '../../i18n/language.ts';
import { schedulesText } from '../../i18n/schedules.ts';
import { failureText } from '../../lib/failure-text.ts';
import { ScheduleMenu } from './schedule-menu.tsx';
import { useScheduleWords } from './schedule-words.ts';

export function ScheduleRow({ schedule }: { schedule: Schedule }) {
  const t = useT();
  const { said, zone, written } = useScheduleWords()(schedule);
  const { automation, nodeName, ticks } = schedule;
  const when = (
    <Tooltip
      label={[said, zone, written, t(schedulesText.ticks, ticks)].filter(Boolean).join(' — ')}
      multiline
      maw={360}
    >
      <div>
        <Text size="sm" truncate>
          {said}
        </Text>
        {zone && (
          <Text size="xs" c="dimmed" truncate>
            {zone}
          </Text>
        )}
      </div>
    </Tooltip>
  );
  return (
    <Table.Tr data-testid="schedule-row">
      <Table.Td>
        <Group gap="xs">
          <Text
            component={Link}
            to={`/automations/${automation.id}`}
            className="hx-row-link"
            fw={600}
            truncate
            maw="100%"
          >
            {automation.name}
          </Text>
          <ScheduleState schedule={schedule} />
        </Group>
        <Text size="sm" c="dimmed" truncate>
          {nodeName}
        </Text>
        <Box hiddenFrom="md">{when}</Box>
        <Box hiddenFrom="sm">
          <Next schedule={schedule} />
        </Box>
      </Table.Td>
      <Table.Td visibleFrom="md">{when}</Table.Td>
      <Table.Td visibleFrom="sm">
        <Next schedule={schedule} />
      </Table.Td>
      <Table.Td visibleFrom="lg">
        <Last schedule={schedule} />
      </Table.Td>
      <Table.Td py={0}>
        <ScheduleMenu schedule={schedule} />
      </Table.Td>
    </Table.Tr>
  );
}

function ScheduleState({ schedule: { paused, note, poll } }: { schedule: Schedule }) {
  const t = useT();
  if (paused)
    return (
      <Tooltip label={note} disabled={!note} maw={320}>
        <Badge
          variant="light"
          color="gray"
          tt="none"
          leftSection={<IconPlayerPauseFilled size={12} />}
          style={{ flexShrink: 0 }}
          data-state="paused"
        >
          {t(schedulesText.paused)}
        </Badge>
      </Tooltip>
    );
  if (!poll?.failure) return null;
  return (
    <Tooltip label={failureText(poll.failure)} maw={420} style={{ whiteSpace: 'pre-line' }} multiline>
      <Badge
        variant="light"
        color="red"
        tt="none"
        leftSection={<IconAlertTriangleFilled size={12} />}
        style={{ flexShrink: 0 }}
        data-state="failing"
      >
        {t(schedulesText.failing)}
      </Badge>
    </Tooltip>
  );
}

function Next({ schedule: { paused, nextTicks } }: { schedule: Schedule }) {
  const t = useT();
  const next = nextTicks[0];
  if (paused) return null;
  if (next) return <TimeAgo at={next} />;
  return (
    <Text size="sm" c="dimmed">
      {t(schedulesText.ended)}
    </Text>
  );
}

function Last({ schedule: { lastTicks } }: { schedule: Schedule }) {
  const t = useT();
  const last = lastTicks[0];
  if (!last)
    return (
      <Text size="sm" c="dimmed">
        {t(schedulesText.never)}
      </Text>
    );
  if (!last.run) return <TimeAgo at={last.at} />;
  return (
    <Anchor component={Link} to={`/runs/${last.run}`} underline="hover">
      <TimeAgo at={last.at} />
    </Anchor>
  );
}
