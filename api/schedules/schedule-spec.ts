/** When a schedule trigger ticks, in Temporal's words. */
import type { ScheduleSpec } from '@temporalio/client';
import type { z } from 'zod';
import type { scheduleTrigger } from '../../contracts/catalogue/schedule-trigger.ts';

const milliseconds = { seconds: 1_000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;

/**
 * Intervals count from the Unix epoch (every 15 minutes: at :00, :15, …; every day: at midnight UTC); a cron line is read in
 * `timezone`. A time that a daylight-saving change skips does not tick, one that it repeats ticks twice.
 */
export function scheduleSpec(
  { mode, every, unit, cron }: z.output<typeof scheduleTrigger.parameters>,
  timezone: string,
): ScheduleSpec {
  if (mode === 'interval') return { intervals: [{ every: every * milliseconds[unit] }] };
  return { cronExpressions: [cron.trim()], timezone };
}
