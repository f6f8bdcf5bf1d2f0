/** What a run is, and what can be done with it: cancelled, kept, retried. */
import { Anchor, Box, Button, Group, Text, Title, Tooltip } from '@mantine/core';
import { IconExternalLink, IconLock, IconPlayerStop, IconReload } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Run } from '../../../../contracts/api/runs.ts';
import type { Graph } from '../../../../contracts/graph.ts';
import { isTerminal } from '../../../../contracts/states.ts';
import { useHoldRun } from '../../api/retention.ts';
import { useCancelRun, useMayCancelRuns, useMayRetryRuns } from '../../api/runs.ts';
import { useConfirm } from '../../components/confirm.tsx';
import { CopyId } from '../../components/copy-button.tsx';
import { Duration } from '../../components/duration.tsx';
import { notifyError } from '../../components/error-notice.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import type { RunOverlay } from '../../graph/run-overlay.ts';
import { useT } from '../../i18n/language.ts';
import { rerunsText } from '../../i18n/reruns.ts';
import { runsText } from '../../i18n/runs.ts';
import { RetryDialog } from './retry-dialog.tsx';
import { RunLineage } from './run-lineage.tsx';
import { TriggerLabel } from './run-rows.tsx';

export interface RunHeaderProps {
  run: Run;
  graph: Graph | undefined;
  overlay: RunOverlay;
  /** The node that is looked at: a retry may begin there. */
  node: string | undefined;
}

export function RunHeader({ run, graph, overlay, node }: RunHeaderProps) {
  const t = useT();
  const cancel = useCancelRun();
  const mayCancel = useMayCancelRuns();
  const [ask, dialog] = useConfirm();
  const [retrying, setRetrying] = useState(false);
  const mayRetry = useMayRetryRuns();
  const hold = useHoldRun(run.id);
  return (
    <Box px="lg" pt="md" pb="sm">
      <Group justify="space-between" align="flex-start" gap="sm">
        <Group gap="sm">
          <StateBadge state={run.state} size="lg" testId="run-state" />
          <Title order={1} size="h2">
            <Anchor component={Link} to={`/automations/${run.automation.id}`} inherit c="inherit">
              {run.automation.name}
            </Anchor>
          </Title>
          <Text c="dimmed" size="sm">
            {run.version.number > 0
              ? t(runsText.versionLabel, { number: run.version.number })
              : t(runsText.draft)}
          </Text>
        </Group>
        <Group gap="xs">
          {run.temporalUrl && (
            <Button
              component="a"
              href={run.temporalUrl}
              target="_blank"
              rel="noreferrer"
              variant="default"
              size="sm"
              leftSection={<IconExternalLink size={16} />}
            >
              {t(runsText.openTemporal)}
            </Button>
          )}
          {mayCancel && (
            <Tooltip label={t(rerunsText.held)} disabled={!run.hold}>
              <Button
                variant={run.hold ? 'light' : 'default'}
                size="sm"
                leftSection={<IconLock size={16} />}
                aria-pressed={run.hold}
                loading={hold.isPending}
                onClick={() => hold.mutate(!run.hold, { onError: notifyError })}
                data-testid="hold"
              >
                {t(rerunsText.hold)}
              </Button>
            </Tooltip>
          )}
          {isTerminal(run.state) && mayRetry && (
            <Button
              variant="light"
              size="sm"
              leftSection={<IconReload size={16} />}
              data-testid="retry"
              onClick={() => setRetrying(true)}
            >
              {t(rerunsText.retry)}
            </Button>
          )}
          {!isTerminal(run.state) && mayCancel && (
            <Button
              variant="light"
              color="red"
              size="sm"
              leftSection={<IconPlayerStop size={16} />}
              loading={cancel.isPending}
              data-testid="cancel"
              onClick={() =>
                ask({
                  title: t(runsText.cancelTitle),
                  text: t(runsText.cancelText),
                  dismiss: t(runsText.keepRunning),
                  action: t(runsText.cancel),
                  onYes: () => cancel.mutate(run.id, { onError: notifyError }),
                })
              }
            >
              {t(runsText.cancel)}
            </Button>
          )}
        </Group>
      </Group>
      <Group gap="lg" mt="xs">
        <TriggerLabel trigger={run.trigger} />
        <TimeAgo at={run.startedAt} />
        <Duration
          from={Date.parse(run.startedAt)}
          to={run.finishedAt === undefined ? undefined : Date.parse(run.finishedAt)}
        />
        <Tooltip label={t(runsText.runId)}>
          <span>
            <CopyId id={run.id} />
          </span>
        </Tooltip>
        <CopyId id={run.workflowId} shown={t(runsText.workflowId)} />
        {run.retryOf !== undefined && (
          <Anchor component={Link} to={`/runs/${run.retryOf}`} size="sm" data-testid="retry-of">
            {t(rerunsText.retryOf, { run: run.retryOf })}
          </Anchor>
        )}
      </Group>
      <RunLineage run={run} graph={graph} />
      {run.emptiedAt !== undefined && (
        <Text size="sm" c="dimmed" mt={4}>
          {t(rerunsText.emptied)}
        </Text>
      )}
      {retrying && (
        <RetryDialog
          run={run}
          graph={graph}
          overlay={overlay}
          node={node}
          onClose={() => setRetrying(false)}
        />
      )}
      {dialog}
    </Box>
  );
}
