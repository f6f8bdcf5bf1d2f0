/**
 * Compares Temporal's schedules with what is published, at start and now and then: a process that died between publishing and
 * Temporal's answer may have left a schedule that ticks an old version, one of an automation or a workspace that is gone, or none
 * where there should be one.
 */
import type { Logger } from 'pino';
import { clockedTypes } from './clock-of.ts';
import { previewPrefix } from './next-ticks.ts';
import { parseScheduleId } from './schedule-id.ts';
import { deleteSchedule, type ScheduleDeps, syncSchedules } from './sync-schedules.ts';

interface Found {
  workspace: string;
  automation: string;
  /** Nodes that have a schedule. */
  former: string[];
}

/** @returns how many automations were looked at */
export async function healSchedules({ log, ...deps }: ScheduleDeps & { log: Logger }): Promise<number> {
  const found = new Map<string, Found>();
  const entryOf = (workspace: string, automation: string): Found => {
    const key = `${workspace}:${automation}`;
    const entry = found.get(key) ?? { workspace, automation, former: [] };
    found.set(key, entry);
    return entry;
  };
  for await (const { scheduleId } of deps.temporal.schedule.list()) {
    const key = parseScheduleId(scheduleId);
    if (key) entryOf(key.workspace, key.automation).former.push(key.node);
    if (scheduleId.startsWith(previewPrefix)) await deleteSchedule(deps.temporal, scheduleId);
  }
  const published = await deps.db.asSystem(({ graphs }) => graphs.publishedWith(clockedTypes));
  for (const { workspace, automation } of published) entryOf(workspace, automation);
  for (const entry of found.values())
    await syncSchedules(deps, entry).catch((err: unknown) =>
      log.error({ err, ...entry }, 'Schedules of an automation could not be healed; next try later'),
    );
  return found.size;
}
