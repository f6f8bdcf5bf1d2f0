import { z } from 'zod';
import { items } from '../item.ts';
import { failure, queuedFor, runTrigger, stepSource, webhookResponse } from '../run.ts';
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
  /** Why it is queued; left out while it only waits for a worker. */
  queuedFor: queuedFor.optional(),
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
  /**
   * Set when the outputs were too large to keep in full: how many items each port really had; `outputs` then has the first of
   * them only. The run itself worked with all items, and tells them when it is asked for this step's outputs.
   */
  truncated: z.record(z.string(), z.int()).optional(),
  failure: failure.optional(),
  logs: z.array(z.string()).optional(),
  /** It did not run here: the run whose outputs these are. */
  reusedFrom: z.string().optional(),
  /** `seq` of the step's start in the run's events: the order of a timeline. */
  seq: z.int(),
});
export type Step = z.output<typeof step>;

/** A run that another one called. */
export const childRun = z.object({
  id: z.string(),
  /** Its id: the name of an automation that is not shared with the reader is not for them. */
  automation: z.string(),
  state: runState,
  /** The step of the caller. */
  node: z.string(),
  index: z.int(),
});
export type ChildRun = z.output<typeof childRun>;

export const run = runSummary.extend({
  triggerNode: z.string(),
  workflowId: z.string(),
  /** The step that called it. */
  parent: z.object({ run: z.string(), node: z.string(), index: z.int() }).optional(),
  /** The first 100 runs that it called. */
  children: z.array(childRun).optional(),
  /** The same run in the Temporal UI, when one is known. */
  temporalUrl: z.string().optional(),
  response: webhookResponse.optional(),
  /** Kept whatever the retention says. */
  hold: z.boolean(),
  /** When retention took the outputs of its steps and its answer; the rest of the record stays until its time is up. */
  emptiedAt: moment.optional(),
  /** At most the first 1,000; `stepCount` has them all. */
  steps: z.array(step),
  stepCount: z.int(),
});
export type Run = z.output<typeof run>;

export const stepPage = pageOf(step);

/** Which time of its node, from 0. */
export const ofStep = z.object({ index: z.coerce.number().int().min(0).max(1_000_000).default(0) });
/** All that a step gave. */
export const stepOutputs = z.object({ outputs: step.shape.outputs });
export type StepOutputs = z.output<typeof stepOutputs>;

export const listRuns = pageQuery.extend({
  automation: z.string().optional(),
  state: runState.optional(),
  trigger: runTrigger.optional(),
  /** A version's id. */
  version: z.string().max(64).optional(),
  /** A run's id, or its workflow's in Temporal. */
  id: z.string().max(300).optional(),
  /** The runs that take up this one. */
  retryOf: z.string().max(64).optional(),
  /** Runs started at or after, before. */
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
});

export const startRun = z.object({
  /** Items for the trigger; left out: the trigger's sample. */
  items: items.max(50_000).optional(),
  /** Run what is drawn rather than what is published. Pinned data is used then. */
  draft: z.boolean().default(false),
  /** Only part of the draft: this node, with what its input needs, and with all behind it where it goes `onwards`. */
  part: z
    .object({
      node: z.string(),
      onwards: z.boolean().default(false),
      /** A run whose outputs count for the nodes before it, as far as they are what they were; others run. */
      reuse: z.string().optional(),
    })
    .optional(),
  /** The trigger node to start from; left out: the manual trigger, else the first one. */
  trigger: z.string().optional(),
});
export const runStarted = z.object({ id: z.string(), workflowId: z.string() });

/** The run has the signal; whether and when a Wait takes it is the run's to say. */
export const signalSent = z.object({ run: z.string(), signal: z.string() });
