/** One run: its facts, its graph with states, its timeline, and the items of each step. */
import { Alert, Anchor, Box, Code, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconUserCheck } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { Link, useParams } from 'react-router';
import type { Run } from '../../../../contracts/api/runs.ts';
import { useApprovals, useLiveApprovals } from '../../api/approvals.ts';
import { useRunGraph } from '../../api/automations.ts';
import { useLiveRun, useRun, useSteps } from '../../api/runs.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { ItemFiles } from '../../components/item-files.tsx';
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
import { runsText } from '../../i18n/runs.ts';
import { PendingPage } from '../pending-page.tsx';
import { RunHeader } from './run-header.tsx';
import classes from './run-page.module.css';
import { RunTimeline } from './run-timeline.tsx';
import { StepDetail } from './step-detail.tsx';

export function RunPage() {
  const { id = '' } = useParams();
  const run = useRun(id);
  useLiveRun(id, run.data?.state);
  if (run.data) return <RunView run={run.data} />;
  return <PendingPage query={run} />;
}

function RunView({ run }: { run: Run }) {
  const t = useT();
  const { graph, isCurrentDraft, error, refetch } = useRunGraph(run);
  const { steps, more } = useSteps(run);
  const overlay = useMemo(() => overlayOf({ ...run, steps }), [run, steps]);
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
    <Box className={classes.page}>
      <RunHeader run={run} graph={graph} overlay={overlay} node={step?.node} />
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
          <RunTimeline
            run={run}
            overlay={overlay}
            nodes={names}
            selected={shownKey}
            onSelect={setSelected}
            onMore={more}
          />
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
  const approvals = list.data ?? [];
  if (approvals.length === 0) return null;
  return (
    <Alert icon={<IconUserCheck />} color="yellow" variant="light" mx="lg" mb="sm">
      {t(approvalsText.waitsFor)}{' '}
      {approvals.map(({ id, title }) => (
        <Anchor
          key={id}
          component={Link}
          to={`/approvals/${id}`}
          mr="sm"
          size="sm"
          fw={600}
          c="inherit"
          underline="always"
        >
          {title}
        </Anchor>
      ))}
    </Alert>
  );
}
