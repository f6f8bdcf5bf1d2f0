/** What Temporal knows of a schedule, in the words of the product. */
import { type ScheduleDescription, ScheduleNotFoundError } from '@temporalio/client';
import { runOfTick } from '../../contracts/run.ts';
import type { Clock } from './clock-of.ts';
import { type ScheduleKey, scheduleIdOf } from './schedule-id.ts';
import type { ScheduleDeps } from './sync-schedules.ts';

export interface ScheduleFacts {
  paused: boolean;
  note?: string | undefined;
  /** UTC, ISO 8601, soonest first. */
  nextTicks: string[];
  /** Newest first. */
  lastTicks: { at: string; run?: string | undefined }[];
  running: number;
  ticks: { taken: number; missed: number; skipped: number };
}

/** One that is published and not there: its process died before it could tell Temporal, and the next heal makes it. */
const none: ScheduleFacts = {
  ...{ paused: false, nextTicks: [], lastTicks: [], running: 0 },
  ticks: { taken: 0, missed: 0, skipped: 0 },
};

export async function scheduleFacts(
  { temporal }: Pick<ScheduleDeps, 'temporal'>,
  key: ScheduleKey,
  kind: Clock['kind'],
): Promise<ScheduleFacts> {
  const id = scheduleIdOf(key.workspace, key.automation, key.node);
  try {
    return factsOf(await temporal.schedule.getHandle(id).describe(), key, kind);
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return none;
    throw error;
  }
}

function factsOf({ state, info }: ScheduleDescription, of: ScheduleKey, kind: Clock['kind']): ScheduleFacts {
  return {
    paused: state.paused,
    ...(state.paused && state.note && { note: state.note }),
    nextTicks: info.nextActionTimes.map((at) => at.toISOString()),
    lastTicks: info.recentActions
      .map(({ scheduledAt, action: { workflow } }) => ({
        at: scheduledAt.toISOString(),
        ...(kind === 'schedule' && {
          run: runOfTick(of, { workflowId: workflow.workflowId, firstRunId: workflow.firstExecutionRunId }),
        }),
      }))
      .reverse(),
    running: info.runningActions.length,
    ticks: {
      taken: info.numActionsTaken,
      missed: info.numActionsMissedCatchupWindow,
      skipped: info.numActionsSkippedOverlap,
    },
  };
}
