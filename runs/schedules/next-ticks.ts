/**
 * When a schedule would tick, told by the one that will do it: a paused schedule is made, asked and deleted. A calculation of our own
 * would be right until the two disagree. One that a crash leaves behind never ticks, and the next heal deletes it.
 */
import { randomUUID } from 'node:crypto';
import type { Client, ScheduleSpec } from '@temporalio/client';
import { automationWorkflow, queues } from '../../contracts/run.ts';
import { deleteSchedule } from './sync-schedules.ts';

export const previewPrefix = 'preview:';

/** @returns up to ten, UTC, ISO 8601. @throws what Temporal throws, also for a spec that it does not understand */
export async function nextTicks(temporal: Client, spec: ScheduleSpec): Promise<string[]> {
  const scheduleId = `${previewPrefix}${randomUUID()}`;
  const handle = await temporal.schedule.create({
    scheduleId,
    spec,
    action: {
      type: 'startWorkflow',
      workflowType: automationWorkflow,
      taskQueue: queues.automations,
      args: [],
    },
    state: { paused: true, note: 'A look at when it would tick.' },
  });
  try {
    return (await handle.describe()).info.nextActionTimes.map((at) => at.toISOString());
  } finally {
    await deleteSchedule(temporal, scheduleId);
  }
}
