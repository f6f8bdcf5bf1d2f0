import { z } from 'zod';
import { scheduleTrigger } from '../catalogue/schedule-trigger.ts';
import { jsonObject } from '../json.ts';
import { failure } from '../run.ts';
import { moment } from './page.ts';

export const scheduleTick = z.object({
  /** The time that it was due. */
  at: moment,
  /** The run that it started; left out for a poll, which starts runs only for what is new. */
  run: z.string().optional(),
});

/** A trigger that a clock drives, as Temporal keeps it. */
export const schedule = z.object({
  automation: z.object({ id: z.string(), name: z.string() }),
  /** The trigger node. */
  node: z.string(),
  nodeName: z.string(),
  /** A tick starts a run, or asks somewhere whether there is something to start one for. */
  kind: z.enum(['schedule', 'poll']),
  /** Its parameters, as published. */
  parameters: jsonObject,
  timezone: z.string(),
  paused: z.boolean(),
  /** Why it is paused, in the words of who did it. */
  note: z.string().optional(),
  /** At most ten. None: its end is over, or it has no schedule yet (a start heals it). */
  nextTicks: z.array(moment),
  /** The last ten, newest first. */
  lastTicks: z.array(scheduleTick),
  /** Runs of it that work now. */
  running: z.int(),
  ticks: z.object({ taken: z.int(), missed: z.int(), skipped: z.int() }),
  /** Of a poll: what it remembers, and why it does not get through. */
  poll: z
    .object({
      polledAt: moment.optional(),
      failures: z.int(),
      failure: failure.optional(),
      /** It backs off until then. */
      restUntil: moment.optional(),
    })
    .optional(),
});
export type Schedule = z.output<typeof schedule>;

export const schedulePage = z.object({ items: z.array(schedule) });

export const pauseSchedule = z.object({ note: z.string().trim().max(500).default('') });

export const backfillSchedule = z.object({
  /** Ticks that were due at or after, up to. */
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  /** Left out: one after the other. */
  overlap: scheduleTrigger.parameters.shape.overlap.removeDefault().optional(),
});
export const backfilled = z.object({ ticks: z.int() });

export const previewSchedule = z.object({
  parameters: jsonObject,
  /** Of the automation. */
  timezone: z.string().max(100).default('UTC'),
});
export const schedulePreview = z.object({ nextTicks: z.array(moment) });
