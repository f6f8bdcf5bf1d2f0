/** Runs as rows of a table, on the runs page and on Home. */
import { ActionIcon, Group, Table, Text, Tooltip } from '@mantine/core';
import { IconClock, IconPlayerPlay, IconPlayerStop, IconWebhook } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { RunSummary } from '../../../../contracts/api/runs.ts';
import type { RunTrigger } from '../../../../contracts/run.ts';
import { isTerminal } from '../../../../contracts/states.ts';
import { useCancelRun } from '../../api/runs.ts';
import { useConfirm } from '../../components/confirm.tsx';
import { Duration } from '../../components/duration.tsx';
import { notifyError } from '../../components/error-notice.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { useT } from '../../i18n/language.ts';
import { runsText } from '../../i18n/runs.ts';

const triggerIcons = { manual: IconPlayerPlay, webhook: IconWebhook, schedule: IconClock } as const;

export function TriggerLabel({ trigger }: { trigger: RunTrigger }) {
  const t = useT();
  const Icon = triggerIcons[trigger];
  return (
    <Group gap={6} wrap="nowrap">
      <Icon size={16} stroke={1.7} aria-hidden />
      <Text size="sm">{t(runsText[trigger])}</Text>
    </Group>
  );
}

export function RunRows({ runs }: { runs: readonly RunSummary[] }) {
  const t = useT();
  return (
    <Table.ScrollContainer minWidth={720} type="native">
      <Table highlightOnHover verticalSpacing="sm" horizontalSpacing="md">
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={150}>{t(runsText.state)}</Table.Th>
            <Table.Th>{t(runsText.automation)}</Table.Th>
            <Table.Th>{t(runsText.trigger)}</Table.Th>
            <Table.Th>{t(runsText.started)}</Table.Th>
            <Table.Th>{t(runsText.duration)}</Table.Th>
            <Table.Th w={48} aria-label={t(runsText.cancel)} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {runs.map((run) => (
            <RunRow key={run.id} run={run} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function RunRow({ run }: { run: RunSummary }) {
  const t = useT();
  return (
    <Table.Tr data-testid="run-row" data-run={run.id}>
      <Table.Td>
        <Link to={`/runs/${run.id}`} className="hx-badge-link">
          <StateBadge state={run.state} />
        </Link>
      </Table.Td>
      <Table.Td maw={420}>
        <Text
          component={Link}
          to={`/runs/${run.id}`}
          className="hx-row-link"
          fw={600}
          display="block"
          truncate
        >
          {run.automation.name}
        </Text>
        {run.failure && (
          <Text size="sm" c="red" lineClamp={1} title={run.failure.message}>
            {run.failure.message}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <TriggerLabel trigger={run.trigger} />
      </Table.Td>
      <Table.Td>
        <TimeAgo at={run.startedAt} />
      </Table.Td>
      <Table.Td>
        <Duration
          from={Date.parse(run.startedAt)}
          to={run.finishedAt === undefined ? undefined : Date.parse(run.finishedAt)}
        />
      </Table.Td>
      <Table.Td>{!isTerminal(run.state) && <CancelRun run={run.id} label={t(runsText.cancel)} />}</Table.Td>
    </Table.Tr>
  );
}

function CancelRun({ run, label }: { run: string; label: string }) {
  const t = useT();
  const [ask, dialog] = useConfirm();
  const cancel = useCancelRun();
  return (
    <>
      <Tooltip label={label}>
        <ActionIcon
          aria-label={label}
          loading={cancel.isPending}
          onClick={() =>
            ask({
              title: t(runsText.cancelTitle),
              text: t(runsText.cancelText),
              action: label,
              onYes: () => cancel.mutate(run, { onError: notifyError }),
            })
          }
        >
          <IconPlayerStop size={16} />
        </ActionIcon>
      </Tooltip>
      {dialog}
    </>
  );
}
