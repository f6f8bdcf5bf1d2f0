/**
 * Triggers that a clock drives, as Temporal Schedules: one per node, under an id that never changes, so that publishing anew replaces
 * what ticks and never adds to it. Temporal keeps the time; no process of ours has to be up at the right second.
 *
 * What is published is the truth: it is read here, and read again when Temporal has been told. Of two who publish at the same time,
 * whoever tells Temporal last sees that the other's version counts, and tells it that.
 */
import { type Client, ScheduleNotFoundError } from '@temporalio/client';
import type { Graph } from '../../contracts/graph.ts';
import type { Database } from '../../db/index.ts';
import { toVersionGraph } from '../version-graphs.ts';
import { clockedNodes, clockOf } from './clock-of.ts';
import { putSchedule } from './put-schedule.ts';
import { scheduleIdOf } from './schedule-id.ts';
import { tickAction } from './tick-action.ts';

export interface ScheduleDeps {
  db: Database;
  temporal: Client;
}

export interface SyncOptions {
  workspace: string;
  automation: string;
  /** Nodes that may have a schedule by now, besides those of what is published. */
  former?: readonly string[] | undefined;
}

interface Published {
  automation: { id: string; name: string };
  version: { id: string; number: number };
  graph: Graph;
}

/** Makes Temporal's schedules those of what is published. Doing it again changes nothing. @throws what Temporal throws */
export async function syncSchedules(
  deps: ScheduleDeps,
  { workspace, automation, former = [] }: SyncOptions,
): Promise<void> {
  let known = new Set(former);
  for (;;) {
    const published = await publishedNow(deps, workspace, automation);
    const wanted = published ? clockedNodes(published.graph) : [];
    for (const node of known)
      if (!wanted.some(({ id }) => id === node))
        await deleteSchedule(deps.temporal, scheduleIdOf(workspace, automation, node));
    if (published) await putAll(deps.temporal, workspace, published);
    const after = await publishedNow(deps, workspace, automation);
    if (after?.version.id === published?.version.id) return;
    known = new Set([...known, ...wanted.map(({ id }) => id)]);
  }
}

/** Ends all schedules of what is published of an automation. */
export async function removeSchedules(
  { db, temporal }: ScheduleDeps,
  { workspace, automation }: { workspace: string; automation: string },
): Promise<string[]> {
  const published = await db.inWorkspace(workspace, ({ automations }) => automations.published(automation));
  const nodes = published ? clockedNodes(published.graph).map(({ id }) => id) : [];
  for (const node of nodes) await deleteSchedule(temporal, scheduleIdOf(workspace, automation, node));
  return nodes;
}

export async function deleteSchedule(temporal: Client, scheduleId: string): Promise<void> {
  try {
    await temporal.schedule.getHandle(scheduleId).delete();
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
  }
}

/** Nothing is published in a workspace that is deleted. */
async function publishedNow(
  { db }: ScheduleDeps,
  workspace: string,
  automation: string,
): Promise<Published | undefined> {
  const open = await db.asSystem(({ workspaces }) => workspaces.find(workspace));
  if (!open) return undefined;
  return await db.inWorkspace(workspace, async ({ automations }) => {
    const [stored, found] = await Promise.all([
      automations.get(automation),
      automations.published(automation),
    ]);
    return stored && found && { automation: { id: automation, name: stored.name }, ...found };
  });
}

async function putAll(temporal: Client, workspace: string, published: Published): Promise<void> {
  const { automation, version, graph } = published;
  const { timezone } = graph.settings;
  const lean = toVersionGraph(graph);
  for (const node of clockedNodes(graph)) {
    const clock = clockOf(node, timezone);
    if (!clock) continue;
    await putSchedule(temporal, scheduleIdOf(workspace, automation.id, node.id), {
      spec: clock.spec,
      action: tickAction({ workspace, automation, version, graph: lean }, node, clock.kind),
      policies: { overlap: clock.overlap, catchupWindow: clock.catchupWindow },
      note: `${automation.name} · ${node.name}`,
    });
  }
}
