/**
 * Starts a run in Temporal. Whoever answers a caller does so after this: an accepted run is one that Temporal has.
 *
 * The run's id is part of the workflow id and Temporal takes a workflow id once, so a start that is repeated (the caller's
 * retry, ours after a crash) finds the first one instead of making a second.
 */
import { createHash } from 'node:crypto';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { Graph } from '../contracts/graph.ts';
import type { Item } from '../contracts/item.ts';
import {
  automationWorkflow,
  priorities,
  queues,
  type RunInput,
  type RunTrigger,
  workflowIdOf,
} from '../contracts/run.ts';
import type { MentionedVariables, RunVariables } from '../contracts/variables.ts';
import { newRunId } from './new-run-id.ts';
import type { RunDeps } from './run-deps.ts';
import { searchAttributesOf } from './search-attributes.ts';
import { runFlowOf, workspaceFlowsOf } from './workspace-flows.ts';

/** Milliseconds after which Temporal counts as out of reach; its client tries again until then. */
const patience = 5_000;

export interface RunStart {
  workspace: string;
  automation: { id: string; name: string };
  version: { id: string; number: number };
  /** Left out: the worker loads it by the version's id. */
  graph: Graph | undefined;
  trigger: { kind: RunTrigger; node: string; name: string };
  items?: Item[] | undefined;
  /** Those that the graph mentions, as they are now (`variablesNow`). */
  variables?: RunVariables | undefined;
  usePinnedData?: boolean;
  answer?: RunInput['answer'];
  returns?: RunInput['returns'];
  retryOf?: string | undefined;
  /** Id of the user who starts it by hand. */
  startedBy?: string | undefined;
  rerun?: RunInput['rerun'];
  /** The automation's own, 1 to 5; left out: by what starts the run. */
  priority?: number | undefined;
  /** From `runIdOf` when there is a key that makes the run unique; left out: a new id. */
  run?: string | undefined;
}

export interface StartedRun {
  run: string;
  workflowId: string;
  /** The run was there already: this start is a repetition. */
  replayed: boolean;
}

/** The same parts give the same id, so that a delivery or request that comes twice is the same run. */
export function runIdOf(...parts: readonly string[]): string {
  return `k${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)}`;
}

/** What a new run of a graph gets as `$vars`; undefined, and no query, when it mentions none. */
export async function variablesNow(
  { db }: Pick<RunDeps, 'db'>,
  workspace: string,
  mentioned: MentionedVariables | undefined,
): Promise<RunVariables | undefined> {
  return mentioned && db.inWorkspace(workspace, ({ variables }) => variables.forRun(mentioned));
}

/** @throws ServiceError when Temporal can't be reached; nothing was started then */
export async function startRun(
  { db, temporal, writer, eagerStart, publicUrl }: RunDeps,
  {
    workspace,
    automation,
    version,
    graph,
    trigger,
    items,
    variables,
    usePinnedData,
    answer,
    returns,
    retryOf,
    startedBy,
    rerun,
    ...start
  }: RunStart,
): Promise<StartedRun> {
  const run = start.run ?? newRunId();
  const workflowId = workflowIdOf({ workspace, automation: automation.id, run });
  const flow = await workspaceFlowsOf(db).get(workspace);
  const input: RunInput = {
    run,
    workspace,
    automation,
    version,
    graph,
    trigger: { kind: trigger.kind, node: trigger.node },
    items,
    variables,
    usePinnedData,
    answer,
    returns,
    retryOf,
    startedBy,
    rerun,
    flow: runFlowOf(flow),
  };
  const startedAt = Date.now();
  try {
    await temporal.withDeadline(startedAt + patience, () =>
      temporal.workflow.start(automationWorkflow, {
        args: [input],
        workflowId,
        taskQueue: queues.automations,
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        workflowIdConflictPolicy: 'FAIL',
        requestEagerStart: eagerStart,
        priority: {
          priorityKey: start.priority ?? graph?.settings.priority ?? priorities[trigger.kind],
          fairnessKey: workspace,
          ...(flow.weight !== undefined && { fairnessWeight: flow.weight }),
        },
        typedSearchAttributes: searchAttributesOf({
          workspace,
          automation: automation.id,
          kind: trigger.kind,
        }),
        staticSummary: summaryOf(automation.name, trigger.name),
        ...(publicUrl !== undefined && { staticDetails: `[This run in Hiviex](${publicUrl}/runs/${run})` }),
      }),
    );
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    return { run, workflowId, replayed: true };
  }
  writer.record(
    {
      run,
      workspace,
      automation: automation.id,
      version: version.id,
      trigger: trigger.kind,
      triggerNode: trigger.node,
      workflowId,
      startedAt,
      ...(retryOf !== undefined && { retryOf }),
      ...(startedBy !== undefined && { startedBy }),
    },
    [],
  );
  return { run, workflowId, replayed: false };
}

/** One line for the Temporal UI, within its limit of 200 bytes. */
export function summaryOf(automation: string, trigger: string): string {
  const cut = (name: string) => (name.length > 45 ? `${name.slice(0, 44)}…` : name);
  return `${cut(automation)} · ${cut(trigger)}`;
}
