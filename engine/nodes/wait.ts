import { DateTime } from 'luxon';
import type { z } from 'zod';
import type { timeUnit, waitNode } from '../../contracts/catalogue/wait.ts';
import type { Resolved } from '../../contracts/expression.ts';
import { EngineFailure } from '../run/engine-failure.ts';

export type WaitParameters = Resolved<z.output<typeof waitNode.parameters>>;

const unitMs = { seconds: 1_000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;
const tenYearsMs = 3_652 * unitMs.days;

/** When a wait that begins `now` ends; both in epoch milliseconds. A date that has passed ends it at once. */
export function dueTime(parameters: WaitParameters, now: number, timezone: string): number {
  if (parameters.mode === 'duration') return timeFrom(now, parameters.amount, parameters.unit);
  return withinReason(dateOf(parameters.until, timezone), now);
}

/** Epoch milliseconds of so much after `now`. */
export function timeFrom(now: number, amount: number | string, unit: z.output<typeof timeUnit>): number {
  return withinReason(now + Number(amount) * unitMs[unit], now);
}

function withinReason(due: number, now: number): number {
  if (due - now <= tenYearsMs) return Math.max(due, now);
  throw new EngineFailure({
    code: 'wait-too-long',
    message: 'A wait can last ten years at most.',
    hint: 'Choose an earlier date or a shorter time.',
  });
}

function dateOf(until: string, timezone: string): number {
  const date = DateTime.fromISO(until, { zone: timezone });
  if (date.isValid) return date.toMillis();
  throw new EngineFailure({
    code: 'wrong-type',
    message: `"${until}" is not a date.`,
    hint: 'Use ISO 8601, for example 2027-01-31T09:00.',
  });
}
