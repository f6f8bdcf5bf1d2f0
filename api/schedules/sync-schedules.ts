/**
 * Schedule triggers as Temporal Schedules: one per node, under an id that never changes, so that publishing anew replaces what
 * ticks and never adds to it. Temporal keeps the time; no process of ours has to be up at the right second.
 */
import {
  type Client,
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  type ScheduleUpdateOptions,
} from '@temporalio/client';
import { scheduleTrigger } from '../../contracts/catalogue/schedule-trigger.ts';
import type { Graph, GraphNode } from '../../contracts/graph.ts';
import { automationWorkflow, queues, type RunInput } from '../../contracts/run.ts';
import type { Database } from '../../db/index.ts';
import { searchAttributesOf } from '../../runs/search-attributes.ts';
import { summaryOf } from '../../runs/start-run.ts';
import { toVersionGraph } from '../../runs/version-graphs.ts';
import { scheduleSpec } from './schedule-spec.ts';

/**
 * What a scheduled run is told as its id: a schedule's input is the same for every tick, but Temporal adds the tick's time to
 * the workflow id, and the run takes its id from there (see `runIdOf` in workflows/automation.ts).
 */
export const runFromWorkflowId = 'from-workflow-id';

/**
 * A tick that comes while the last run still works waits for its end, and further ones are dropped: nothing runs twice at once,
 * nothing piles up, and a slow run delays the next one instead of swallowing it (`SKIP` would).
 */
const overlap = 'BUFFER_ONE';

/**
 * Ticks missed while Temporal was down are made up when they are at most this late. A restart or a short outage costs no
 * daily report; after a weekend off, old ticks do not all come at once.
 */
const catchupWindow = '1 hour';

export interface PublishedSchedules {
  workspace: string;
  automation: { id: string; name: string };
  version: { id: string; number: number };
  graph: Graph;
  /** Nodes that had a schedule until now. */
  former: readonly string[];
}

export function scheduleIdOf(workspace: string, automation: string, node: string): string {
  return `schedule:${workspace}:${automation}:${node}`;
}

/** The nodes of a graph that tick. */
export function schedulesOf(graph: Graph): GraphNode[] {
  return graph.nodes.filter((node) => node.type === scheduleTrigger.type && !node.disabled);
}

/** Makes Temporal's schedules those of a published version. Doing it again changes nothing. */
export async function syncSchedules(
  temporal: Client,
  { workspace, automation, version, graph, former }: PublishedSchedules,
): Promise<void> {
  const wanted = schedulesOf(graph);
  const gone = former.filter((node) => !wanted.some(({ id }) => id === node));
  for (const node of gone) await deleteSchedule(temporal, scheduleIdOf(workspace, automation.id, node));
  const { inline, variables } = toVersionGraph(graph);
  for (const node of wanted) {
    const input: RunInput = {
      run: runFromWorkflowId,
      workspace,
      automation,
      version: { id: version.id, number: version.number },
      graph: inline,
      trigger: { kind: 'schedule', node: node.id },
      // Read by the run itself: what is put in here would be the same for every tick.
      variables: variables && { load: variables },
    };
    await putSchedule(temporal, scheduleIdOf(workspace, automation.id, node.id), {
      spec: scheduleSpec(scheduleTrigger.parameters.parse(node.parameters), graph.settings.timezone),
      action: {
        type: 'startWorkflow',
        workflowType: automationWorkflow,
        args: [input],
        // Temporal adds "-<time of the tick>".
        workflowId: `automation:${workspace}:${automation.id}:${node.id}`,
        taskQueue: queues.automations,
        typedSearchAttributes: searchAttributesOf({ workspace, automation: automation.id, kind: 'schedule' }),
        staticSummary: summaryOf(automation.name, node.name),
      },
      policies: { overlap, catchupWindow },
      state: { note: `${automation.name} · ${node.name}` },
    });
  }
}

/** Ends all schedules of what is published of an automation. */
export async function removeSchedules(
  { db, temporal }: { db: Database; temporal: Client },
  { workspace, automation }: { workspace: string; automation: string },
): Promise<void> {
  const published = await db.inWorkspace(workspace, ({ automations }) => automations.published(automation));
  if (!published) return;
  for (const node of schedulesOf(published.graph))
    await deleteSchedule(temporal, scheduleIdOf(workspace, automation, node.id));
}

async function putSchedule(
  temporal: Client,
  scheduleId: string,
  schedule: ScheduleUpdateOptions,
): Promise<void> {
  try {
    await temporal.schedule.create({ scheduleId, ...schedule });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    await temporal.schedule.getHandle(scheduleId).update(() => schedule);
  }
}

export async function deleteSchedule(temporal: Client, scheduleId: string): Promise<void> {
  try {
    await temporal.schedule.getHandle(scheduleId).delete();
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
  }
}
