/** Runs as rows of a table, on the runs page and on Home. */
import { ActionIcon, Box, Group, Table, Text, Tooltip } from '@mantine/core';
import {
  IconAlertTriangle,
  IconBroadcast,
  IconClock,
  IconForms,
  IconMail,
  IconMessageCircle,
  IconPlayerPlay,
  IconPlayerStop,
  IconRefresh,
  IconSubtask,
  IconWebhook,
} from '@tabler/icons-react';
import type { RunSummary } from '../../../../contracts/api/runs.ts';
import type { RunTrigger } from '../../../../contracts/run.ts';
import { isTerminal } from '../../../../contracts/states.ts';
import { useCancelRun, useMayCancelRuns } from '../../api/runs.ts';
import { useConfirm } from '../../components/confirm.tsx';
import { Duration } from '../../components/duration.tsx';
import { notifyError } from '../../components/error-notice.tsx';
import { ListTable } from '../../components/list-frame.tsx';
import { RowName } from '../../components/row-name.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { useRowLink } from '../../components/use-row-link.ts';
import { useT } from '../../i18n/language.ts';
import { runsText } from '../../i18n/runs.ts';
import { failureText } from '../../lib/failure-text.ts';
import { useQueueReason } from './use-queue-reason.ts';

const triggerIcons: Record<RunTrigger, typeof IconClock> = {
  manual: IconPlayerPlay,
  webhook: IconWebhook,
  schedule: IconClock,
  form: IconForms,
  event: IconBroadcast,
  poll: IconRefresh,
  mail: IconMail,
  chat: IconMessageCircle,
  'sub-automation': IconSubtask,
  error: IconAlertTriangle,
};

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
    <ListTable
      columns={[
        { label: t(runsText.state), width: 160, visibleFrom: 'sm' },
        { label: t(runsText.automation) },
        { label: t(runsText.trigger), width: 140, visibleFrom: 'lg' },
        { label: t(runsText.started), width: 170, visibleFrom: 'md' },
        { label: t(runsText.duration), width: 120, visibleFrom: 'lg' },
        { label: t(runsText.cancel), width: 60, unlabelled: true },
      ]}
    >
      {runs.map((run) => (
        <RunRow key={run.id} run={run} />
      ))}
    </ListTable>
  );
}

function RunRow({ run }: { run: RunSummary }) {
  const t = useT();
  const mayCancel = useMayCancelRuns();
  const to = `/runs/${run.id}`;
  const row = useRowLink(to);
  return (
    <Table.Tr data-testid="run-row" data-run={run.id} {...row}>
      <Table.Td visibleFrom="sm">
        <RunState run={run} />
      </Table.Td>
      <Table.Td>
        <RowName to={to} name={run.automation.name} />
        {run.failure && (
          <Text size="sm" c="red" lineClamp={1} title={failureText(run.failure)}>
            {run.failure.message}
          </Text>
        )}
        <Group gap="xs" mt={4} hiddenFrom="md">
          <Box hiddenFrom="sm">
            <RunState run={run} />
          </Box>
          <TimeAgo at={run.startedAt} />
        </Group>
      </Table.Td>
      <Table.Td visibleFrom="lg">
        <TriggerLabel trigger={run.trigger} />
      </Table.Td>
      <Table.Td visibleFrom="md">
        <TimeAgo at={run.startedAt} />
      </Table.Td>
      <Table.Td visibleFrom="lg">
        <Duration
          from={Date.parse(run.startedAt)}
          to={run.finishedAt === undefined ? undefined : Date.parse(run.finishedAt)}
        />
      </Table.Td>
      <Table.Td py={0}>
        {!isTerminal(run.state) && mayCancel && <CancelRun run={run.id} label={t(runsText.cancel)} />}
      </Table.Td>
    </Table.Tr>
  );
}

/** A queued run says on hover what it waits for. */
function RunState({ run: { state, queuedFor } }: { run: RunSummary }) {
  const reason = useQueueReason();
  if (state !== 'queued') return <StateBadge state={state} />;
  return (
    <Tooltip label={reason(queuedFor)} multiline maw={320} events={{ hover: true, focus: true, touch: true }}>
      <Box component="span" display="inline-block" data-testid="queued-because">
        <StateBadge state={state} />
      </Box>
    </Tooltip>
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
              dismiss: t(runsText.keepRunning),
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
