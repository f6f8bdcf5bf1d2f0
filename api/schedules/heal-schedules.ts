/**
 * Compares Temporal's schedules with what is published, at start: a process that died between publishing and Temporal's answer
 * may have left a schedule that ticks an old version, or one of an automation or a workspace that is gone.
 */
import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Database } from '../../db/index.ts';
import { deleteSchedule, scheduleIdOf, syncSchedules } from './sync-schedules.ts';

/** @returns how many schedules were looked at */
export async function healSchedules({
  db,
  temporal,
  log,
}: {
  db: Database;
  temporal: Client;
  log: Logger;
}): Promise<number> {
  const nodes = new Map<string, { workspace: string; automation: string; nodes: string[] }>();
  let seen = 0;
  for await (const { scheduleId } of temporal.schedule.list()) {
    const [kind, workspace, automation, ...node] = scheduleId.split(':');
    if (kind !== 'schedule' || !workspace || !automation || node.length === 0) continue;
    seen += 1;
    const key = `${workspace}:${automation}`;
    const entry = nodes.get(key) ?? { workspace, automation, nodes: [] };
    entry.nodes.push(node.join(':'));
    nodes.set(key, entry);
  }
  for (const { workspace, automation, nodes: former } of nodes.values()) {
    const open = await db.asSystem(({ workspaces }) => workspaces.find(workspace));
    const { stored, published } = await db.inWorkspace(workspace, async ({ automations }) => ({
      stored: await automations.get(automation),
      published: await automations.published(automation),
    }));
    if (!open || !stored || !published) {
      log.warn(
        { workspace, automation, nodes: former },
        'schedules of an unpublished automation are removed',
      );
      for (const node of former) await deleteSchedule(temporal, scheduleIdOf(workspace, automation, node));
      continue;
    }
    await syncSchedules(temporal, {
      workspace,
      automation: { id: automation, name: stored.name },
      version: published.version,
      graph: published.graph,
      former,
    });
  }
  return seen;
}
