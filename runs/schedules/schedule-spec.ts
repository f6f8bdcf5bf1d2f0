/** When a schedule trigger ticks, in Temporal's words. */
import type { CalendarSpec, ScheduleOverlapPolicy, ScheduleSpec } from '@temporalio/client';
import type { z } from 'zod';
import { daysOfMonth, daysOfWeek, months, timesOfDay } from '../../contracts/calendar.ts';
import { intervalMs } from '../../contracts/catalogue/clock-fields.ts';
import type { OverlapPolicy, scheduleTrigger } from '../../contracts/catalogue/schedule-trigger.ts';

type Parameters = z.output<typeof scheduleTrigger.parameters>;

const weekDays = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'] as const;
const monthNames = [
  ...(['JANUARY', 'FEBRUARY', 'MARCH', 'APRIL', 'MAY', 'JUNE'] as const),
  ...(['JULY', 'AUGUST', 'SEPTEMBER', 'OCTOBER', 'NOVEMBER', 'DECEMBER'] as const),
] as const;

export const overlaps = {
  skip: 'SKIP',
  bufferOne: 'BUFFER_ONE',
  bufferAll: 'BUFFER_ALL',
  cancelOther: 'CANCEL_OTHER',
  terminateOther: 'TERMINATE_OTHER',
  allowAll: 'ALLOW_ALL',
} as const satisfies Record<OverlapPolicy, ScheduleOverlapPolicy>;

/**
 * Intervals count from the Unix epoch (every 15 minutes: at :00, :15, …; every day: at midnight UTC); calendars and cron lines are
 * read in a time zone. A time that a daylight-saving change skips does not tick, one that it repeats ticks twice.
 *
 * @param timezone the automation's, where the trigger names none
 */
export function scheduleSpec(parameters: Parameters, timezone: string): ScheduleSpec {
  const { mode, startAt, endAt, jitter } = parameters;
  const zone = parameters.timezone || timezone;
  return {
    ...(mode === 'interval' && { intervals: [{ every: intervalMs(parameters) }] }),
    ...(mode === 'cron' && { cronExpressions: [parameters.cron.trim()], timezone: zone }),
    ...(mode === 'calendar' && { calendars: calendarsOf(parameters), timezone: zone }),
    ...(startAt !== '' && { startAt: new Date(startAt) }),
    ...(endAt !== '' && { endAt: new Date(endAt) }),
    ...(jitter > 0 && { jitter: jitter * 1_000 }),
  };
}

/** One calendar for each time of day: hours and minutes in one would tick at every pair of them. */
function calendarsOf({ times, ...on }: Parameters): CalendarSpec[] {
  const dayOfWeek = daysOfWeek(on.weekDays) ?? [];
  const dayOfMonth = daysOfMonth(on.monthDays) ?? [];
  const month = months(on.months) ?? [];
  return (timesOfDay(times) ?? []).map(({ hour, minute }) => ({
    ...{ hour, minute },
    ...(dayOfWeek.length > 0 && {
      dayOfWeek: dayOfWeek.map(({ start, end }) => ({ start: weekDays[start]!, end: weekDays[end]! })),
    }),
    ...(dayOfMonth.length > 0 && { dayOfMonth }),
    ...(month.length > 0 && {
      month: month.map(({ start, end }) => ({ start: monthNames[start - 1]!, end: monthNames[end - 1]! })),
    }),
  }));
}
