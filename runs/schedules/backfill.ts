/** Ticks of a time that is over, made up for by hand. */
import {
  type Client,
  isGrpcServiceError,
  ScheduleNotFoundError,
  type ScheduleOverlapPolicy,
} from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';

/** Runs that one backfill may start. Temporal counts no further than 1,000. */
export const mostBackfilled = 500;

/** Of gRPC: NOT_FOUND; FAILED_PRECONDITION for one that was deleted before its own workflow had begun. */
const gone = [5, 9];

export interface BackfillRange {
  /** Both included. */
  from: Date;
  to: Date;
  overlap: ScheduleOverlapPolicy;
}

/** How many ticks were due in that time. @throws ScheduleNotFoundError */
export async function ticksBetween(
  temporal: Client,
  scheduleId: string,
  { from, to }: Pick<BackfillRange, 'from' | 'to'>,
): Promise<number> {
  try {
    const { startTime } = await temporal.workflowService.listScheduleMatchingTimes({
      namespace: temporal.options.namespace,
      scheduleId,
      // Temporal leaves out the first moment itself.
      startTime: msToTs(from.getTime() - 1),
      endTime: msToTs(to.getTime()),
    });
    return startTime?.length ?? 0;
  } catch (error) {
    // The raw service answers with codes of gRPC, a schedule's handle with this.
    if (isGrpcServiceError(error) && gone.includes(error.code))
      throw new ScheduleNotFoundError(error.details, scheduleId);
    throw error;
  }
}

export async function backfill(
  temporal: Client,
  scheduleId: string,
  { from, to, overlap }: BackfillRange,
): Promise<void> {
  await temporal.schedule
    .getHandle(scheduleId)
    .backfill({ start: new Date(from.getTime() - 1), end: to, overlap });
}
