/** What starts a run and what a run tells: the seam between API, workflow and records. */
import { z } from 'zod';
import type { RunFlow } from './flow.ts';
import type { Graph } from './graph.ts';
import { binaryReference, type Item, items } from './item.ts';
import { jsonValue } from './json.ts';
import type { Rerun } from './rerun.ts';
import type { RunMessage } from './run-message.ts';
import { runState, stepState } from './states.ts';
import type { MentionedVariables, RunVariables } from './variables.ts';

/** Temporal names that more than one process must agree on. */
export const automationWorkflow = 'automation';
export const queues = {
  automations: 'automations',
  agents: 'agents',
  http: 'http',
  code: 'code',
  billing: 'billing',
  maintenance: 'maintenance',
} as const;

/** The question by which a workflow tells what one of its steps gave: node and index, or null. */
export const stepOutputsQuery = 'step-outputs';

/** Why a run started. */
export const runTrigger = z.enum([
  'manual',
  'webhook',
  'schedule',
  'form',
  'event',
  'poll',
  'mail',
  'chat',
  'sub-automation',
  'error',
]);
export type RunTrigger = z.output<typeof runTrigger>;

/** Temporal's priority keys: 1 first, 5 last. */
export const priorities = {
  chat: 1,
  manual: 2,
  webhook: 2,
  form: 2,
  'sub-automation': 3,
  event: 3,
  error: 3,
  mail: 4,
  schedule: 4,
  poll: 4,
  batch: 5,
} as const;

/** The step of another run that called this one, and what it expects of it. */
export interface Caller {
  run: string;
  workflowId: string;
  node: string;
  index: number;
  /** The caller waits for the end and takes the result. */
  waits: boolean;
}

/** What a run gives back to who called it. */
export interface RunResult {
  state: 'succeeded';
  items?: Item[] | undefined;
}

/** Everything a run needs, pinned when it starts: publishing never changes a run under way. */
export interface RunInput {
  run: string;
  workspace: string;
  automation: { id: string; name: string };
  version: { id: string; number: number };
  /** The version's graph, by value; left out when it is large: the worker then loads it by `version.id`. */
  graph?: Graph | undefined;
  trigger: { kind: RunTrigger; node: string };
  /** What the trigger node hands on. Left out for a manual run without input: the trigger's sample is used. */
  items?: Item[] | undefined;
  /** Use the graph's pinned data in place of those nodes' output (runs started from the editor). */
  usePinnedData?: boolean | undefined;
  /**
   * `$vars` as they were when the run started, or what to load then (schedules: their input is the same for every tick). Left out
   * when no expression mentions one.
   */
  variables?: RunVariables | { load: MentionedVariables } | undefined;
  /** Set while somebody holds a request open for this run's answer. */
  answer?: 'lastNode' | 'respondNode' | undefined;
  /** Whoever started it waits for its end, and takes the items that its trigger says are given back. */
  returns?: true | undefined;
  /** Id of the user who started it by hand: who is told when it fails. */
  startedBy?: string | undefined;
  /** The run that this one takes up or repeats. */
  retryOf?: string | undefined;
  /** What counts again of that run, and what runs anew. */
  rerun?: Rerun | undefined;
  /** Set in a run that another one called. */
  caller?: Caller | undefined;
  /** The automations of the runs above this one, the first caller's first. */
  callers?: string[] | undefined;
  /** What of the workspace's settings counts for this run. */
  flow?: RunFlow | undefined;
  /** Where a continued execution takes up. Written and read by the engine only. */
  resume?:
    | {
        startedAt: number;
        seq: number;
        snapshot: unknown;
        /** What came between the snapshot and the end of the execution that took it. */
        messages?: RunMessage[] | undefined;
        /** It holds the slots that its limits ask for. */
        holdsSlots?: boolean | undefined;
      }
    | undefined;
}

/** `automation:<workspace>:<automation>:<run>`: an operator can read it in the Temporal UI. */
export function workflowIdOf(input: { workspace: string; automation: string; run: string }): string {
  return `automation:${input.workspace}:${input.automation}:${input.run}`;
}

/**
 * What a scheduled run is told as its id: a schedule's input is the same for every tick, so the run makes its id of what Temporal says
 * of it (`runOfTick`). `from-workflow-id` is what it was told before backfills: the id without the execution.
 */
export const runFromTick = 'from-tick';

/**
 * The run of a tick: `<node>-<time of the tick>-<execution>`. A tick that is made up for by hand (a backfill) has the same workflow id
 * as the one that came in time, and is another run all the same. The end of the execution's id: it begins with the time.
 */
export function runOfTick(
  automation: { workspace: string; automation: string },
  { workflowId, firstRunId }: { workflowId: string; firstRunId: string },
): string {
  const prefix = workflowIdOf({ ...automation, run: '' });
  return `${workflowId.slice(prefix.length).replaceAll(':', '')}-${firstRunId.slice(-8)}`;
}

/** Stable across attempts and crashes: the same step (and item) always carries the same key. */
export function idempotencyKeyOf(run: string, node: string, index: number, item?: number): string {
  return item === undefined ? `${run}:${node}:${index}` : `${run}:${node}:${index}:${item}`;
}

/** Why a step or run failed, as a person reads it. `code` is stable; `message` says what happened, `hint` what to do next. */
export const failure = z.object({
  code: z.string(),
  message: z.string(),
  hint: z.string().optional(),
  node: z.string().optional(),
  details: jsonValue.optional(),
});
export type Failure = z.output<typeof failure>;

/** Where the items at an input port came from: output `fromPort` of step `index` of `node`. */
export const stepSource = z.object({
  port: z.string(),
  node: z.string(),
  index: z.int(),
  fromPort: z.string(),
});
export type StepSource = z.output<typeof stepSource>;

/** What a queued run waits for: a slot of a limit. */
export const queuedFor = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('limit'),
    /** Whose limit it is. */
    scope: z.enum(['workspace', 'automation', 'key']),
    limit: z.int(),
    /** What the key's expression gave. */
    key: z.string().optional(),
  }),
]);
export type QueuedFor = z.output<typeof queuedFor>;

/** The answer for the caller of a webhook. */
export const webhookResponse = z.object({
  status: z.int().min(100).max(599),
  headers: z.array(z.tuple([z.string(), z.string()])),
  body: z.union([
    z.object({ kind: z.literal('json'), value: jsonValue }),
    z.object({ kind: z.literal('text'), value: z.string() }),
    z.object({ kind: z.literal('file'), value: binaryReference }),
    z.object({ kind: z.literal('none') }),
  ]),
});
export type WebhookResponse = z.output<typeof webhookResponse>;

/** Times are epoch milliseconds of the workflow's clock. */
const at = z.number();

/**
 * What a run reports, in order. `seq` grows by one from 0; a replayed workflow reports the same events with the same `seq`, so
 * whoever keeps them can drop what it has.
 */
export const runEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('run.started'), seq: z.int(), at, state: runState }),
  z.object({
    type: z.literal('step.started'),
    seq: z.int(),
    at,
    node: z.string(),
    index: z.int(),
    sources: z.array(stepSource),
    state: stepState,
    /** For waits: when they end. */
    until: z.number().optional(),
    /** The key of its effects, when it is another run's: it was tried there and never succeeded. */
    key: z.string().optional(),
  }),
  z.object({
    type: z.literal('step.finished'),
    seq: z.int(),
    at,
    node: z.string(),
    index: z.int(),
    state: stepState,
    /** Attempts of the step's slowest item; 1 when nothing was retried. */
    attempts: z.int(),
    /** Items by output port. */
    outputs: z.record(z.string(), items),
    /** Set where `outputs` has the first items only (contracts/outputs-preview.ts): how many each port gave. */
    truncated: z.record(z.string(), z.int()).optional(),
    failure: failure.optional(),
    /** What the step wrote with console.log (code) or wants shown. */
    logs: z.array(z.string()).optional(),
    /** It did not run: these are the outputs it gave in that run. */
    reusedFrom: z.string().optional(),
  }),
  /** The run began or ceased to do nothing but wait. */
  z.object({
    type: z.literal('run.state'),
    seq: z.int(),
    at,
    state: runState,
    /** Why it is queued. */
    queuedFor: queuedFor.optional(),
  }),
  z.object({ type: z.literal('run.responded'), seq: z.int(), at, response: webhookResponse }),
  z.object({
    type: z.literal('run.finished'),
    seq: z.int(),
    at,
    state: runState,
    failure: failure.optional(),
  }),
]);
export type RunEvent = z.output<typeof runEvent>;

/** The facts of a run that its record needs and its events do not repeat. */
export interface RunHeader {
  run: string;
  workspace: string;
  automation: string;
  version: string;
  trigger: RunTrigger;
  triggerNode: string;
  /** Temporal's id of the first execution in the chain. */
  workflowId: string;
  startedAt: number;
  /** The run that this one takes up or repeats. */
  retryOf?: string | undefined;
  /** Id of the user who started it by hand. */
  startedBy?: string | undefined;
  /** The step that called this run. */
  parent?: { run: string; node: string; index: number; waits: boolean } | undefined;
  /** Temporal's id of the execution that tells; the worker adds it. */
  execution?: string | undefined;
  /** Somebody reset the run to a former point: this execution tells all of it anew, and what the one before told counts no more. */
  isReset?: boolean | undefined;
}
