/** One run: its facts, its graph with states, its timeline, and the items of each step. */
import {
  Alert,
  Anchor,
  Box,
  Button,
  Center,
  Code,
  Group,
  Loader,
  Stack,
  Text,
  Title,
  Tooltip,
} from '@mantine/core';
import {
  IconAlertTriangle,
  IconExternalLink,
  IconLock,
  IconPlayerStop,
  IconReload,
  IconUserCheck,
} from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { Link, useParams } from 'react-router';
import type { Run } from '../../../../contracts/api/runs.ts';
import type { Graph } from '../../../../contracts/graph.ts';
import { isTerminal } from '../../../../contracts/states.ts';
import { useApprovals, useLiveApprovals } from '../../api/approvals.ts';
import { useRunGraph } from '../../api/automations.ts';
import { ProblemError } from '../../api/problem-error.ts';
import { useHoldRun } from '../../api/retention.ts';
import { useCancelRun, useLiveRun, useMayCancelRuns, useMayRetryRuns, useRun } from '../../api/runs.ts';
import { useConfirm } from '../../components/confirm.tsx';
import { CopyId } from '../../components/copy-button.tsx';
import { Duration } from '../../components/duration.tsx';
import { ErrorNotice, notifyError } from '../../components/error-notice.tsx';
import { ItemFiles } from '../../components/item-files.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { GraphView } from '../../graph/graph-view.tsx';
import {
  latestStep,
  overlayOf,
  type RunOverlay,
  type StepView,
  stepKey,
  stepsInOrder,
} from '../../graph/run-overlay.ts';
import { approvalsText } from '../../i18n/approvals.ts';
import { useT } from '../../i18n/language.ts';
import { rerunsText } from '../../i18n/reruns.ts';
import { runsText } from '../../i18n/runs.ts';
import { NotFoundPage } from '../not-found-page.tsx';
import { RetryDialog } from './retry-dialog.tsx';
import { RunLineage } from './run-lineage.tsx';
import classes from './run-page.module.css';
import { TriggerLabel } from './run-rows.tsx';
import { RunTimeline } from './run-timeline.tsx';
import { StepDetail } from './step-detail.tsx';

export function RunPage() {
  const { id = '' } = useParams();
  const run = useRun(id);
  useLiveRun(id, run.data?.state);
  if (run.data) return <RunView run={run.data} />;
  if (run.error instanceof ProblemError && run.error.status === 404) return <NotFoundPage />;
  return (
    <Center flex={1} p="md">
      {run.error ? <ErrorNotice error={run.error} onRetry={run.refetch} /> : <Loader />}
    </Center>
  );
}

function RunView({ run }: { run: Run }) {
  const t = useT();
  const { graph, isCurrentDraft, error, refetch } = useRunGraph(run);
  const overlay = useMemo(() => overlayOf(run), [run]);
  const [selected, setSelected] = useState<string>();
  const first = firstShown(overlay);
  const shownKey = selected ?? (first && stepKey(first.node, first.index));
  const step = shownKey === undefined ? undefined : overlay.steps.get(shownKey);
  const selectNode = (node: string) => {
    const latest = latestStep(overlay, node);
    setSelected(latest ? stepKey(node, latest.index) : undefined);
  };
  useEffect(() => {
    document.title = `${run.automation.name} · ${t(runsText.run)} · Hiviex`;
  }, [run.automation.name, t]);
  const names = useMemo(() => new Map(graph?.nodes.map((node) => [node.id, node]) ?? []), [graph]);
  return (
    <Box component="main" className={classes.page}>
      <RunHeader run={run} graph={graph} node={step?.node} />
      {run.state === 'waiting' && <OpenApprovals run={run.id} />}
      {run.failure && (
        <Alert
          color="red"
          icon={<IconAlertTriangle />}
          title={run.failure.message}
          mx="lg"
          mb="sm"
          role="alert"
        >
          {run.failure.hint}
        </Alert>
      )}
      <div className={classes.body}>
        <div className={classes.left}>
          <div className={classes.canvas}>
            {isCurrentDraft && (
              <Text size="xs" c="dimmed" className={classes.draftNote}>
                {t(runsText.draftNote)}
              </Text>
            )}
            {error && (
              <Box p="md">
                <ErrorNotice error={error} onRetry={refetch} />
              </Box>
            )}
            {graph && (
              <GraphView graph={graph} overlay={overlay} selected={step?.node} onSelect={selectNode} />
            )}
          </div>
          <div className={classes.timeline}>
            <RunTimeline
              run={run}
              overlay={overlay}
              nodes={names}
              selected={shownKey}
              onSelect={setSelected}
            />
          </div>
        </div>
        <div className={classes.right}>
          {step ? (
            <StepDetail overlay={overlay} step={step} node={names.get(step.node)} onSelect={setSelected} />
          ) : (
            <Stack p="lg">
              <Text size="sm" c="dimmed">
                {t(overlay.steps.size > 0 ? runsText.chooseStep : runsText.noSteps)}
              </Text>
              {run.response && (
                <>
                  <Text fw={600} size="sm">
                    {t(runsText.response)} · {run.response.status}
                  </Text>
                  {run.response.body.kind === 'file' && (
                    <ItemFiles binary={{ [run.response.body.value.fileName]: run.response.body.value }} />
                  )}
                  {run.response.body.kind !== 'none' && run.response.body.kind !== 'file' && (
                    <Code block>
                      {run.response.body.kind === 'json'
                        ? JSON.stringify(run.response.body.value, null, 2)
                        : run.response.body.value}
                    </Code>
                  )}
                </>
              )}
            </Stack>
          )}
        </div>
      </div>
    </Box>
  );
}

function RunHeader({ run, graph, node }: { run: Run; graph: Graph | undefined; node: string | undefined }) {
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
      {retrying && <RetryDialog run={run} graph={graph} node={node} onClose={() => setRetrying(false)} />}
      {dialog}
    </Box>
  );
}

/**
 * The step that a run opens with: what failed, else where it stands. Nothing while it moves: the person's choice would be the only
 * thing on the page that holds still.
 */
function firstShown(overlay: RunOverlay): StepView | undefined {
  const steps = stepsInOrder(overlay);
  const failed = steps.find((step) => step.state === 'failed');
  if (failed || overlay.state === 'running' || overlay.state === 'queued') return failed;
  return steps.findLast((step) => step.state === 'waiting') ?? steps.at(-1);
}

/** What the run waits for people to decide. */
function OpenApprovals({ run }: { run: string }) {
  const t = useT();
  const list = useApprovals({ state: 'open', of: 'all', run });
  useLiveApprovals();
  const approvals = (list.data?.pages ?? []).flatMap((page) => page.items);
  if (approvals.length === 0) return null;
  return (
    <Alert icon={<IconUserCheck />} color="yellow" variant="light" mx="md" mb="sm">
      {t(approvalsText.waitsFor)}{' '}
      {approvals.map(({ id, title }) => (
        <Anchor key={id} component={Link} to={`/approvals/${id}`} mr="sm" size="sm">
          {title}
        </Anchor>
      ))}
    </Alert>
  );
}
