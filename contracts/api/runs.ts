import { z } from 'zod';
import { items } from '../item.ts';
import { failure, runTrigger, stepSource, webhookResponse } from '../run.ts';
import { runState, stepState } from '../states.ts';
import { moment, pageOf, pageQuery } from './page.ts';

export const runSummary = z.object({
  id: z.string(),
  automation: z.object({ id: z.string(), name: z.string() }),
  version: z.object({ id: z.string(), number: z.int() }),
  trigger: runTrigger,
  state: runState,
  startedAt: moment,
  finishedAt: moment.optional(),
  /** Milliseconds from start to end, or to now. */
  durationMs: z.number().optional(),
  failure: failure.optional(),
  /** The run that this one takes up or repeats. */
  retryOf: z.string().optional(),
});
export type RunSummary = z.output<typeof runSummary>;
export const runPage = pageOf(runSummary);

export const step = z.object({
  node: z.string(),
  /** 0, 1, 2 … for a node that runs several times. */
  index: z.int(),
  state: stepState,
  startedAt: moment,
  finishedAt: moment.optional(),
  /** For waits: when they end. */
  until: moment.optional(),
  attempts: z.int(),
  idempotencyKey: z.string(),
  /** Where its input came from; the items themselves are the outputs of those steps. */
  sources: z.array(stepSource),
  /** Items by output port. */
  outputs: z.record(z.string(), items),
  failure: failure.optional(),
  logs: z.array(z.string()).optional(),
  /** It did not run here: the run whose outputs these are. */
  reusedFrom: z.string().optional(),
  /** `seq` of the step's start in the run's events: the order of a timeline. */
  seq: z.int(),
});
export type Step = z.output<typeof step>;

export const run = runSummary.extend({
  triggerNode: z.string(),
  workflowId: z.string(),
  /** The same run in the Temporal UI, when one is known. */
  temporalUrl: z.string().optional(),
  response: webhookResponse.optional(),
  /** At most the first 1,000; `stepCount` has them all. */
  steps: z.array(step),
  stepCount: z.int(),
});
export type Run = z.output<typeof run>;

export const stepPage = pageOf(step);

export const listRuns = pageQuery.extend({
  automation: z.string().optional(),
  state: runState.optional(),
  trigger: runTrigger.optional(),
  /** Runs started at or after, before. */
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
});

export const startRun = z.object({
  /** Items for the trigger; left out: the trigger's sample. */
  items: items.max(50_000).optional(),
  /** Run what is drawn rather than what is published. Pinned data is used then. */
  draft: z.boolean().default(false),
  /** The trigger node to start from; left out: the manual trigger, else the first one. */
  trigger: z.string().optional(),
});
export const runStarted = z.object({ id: z.string(), workflowId: z.string() });
