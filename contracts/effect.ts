/**
 * The seam between the interpreter and the activities: what an activity that runs a node gets and gives. The Temporal activity
 * type is the node type (`http-request`, `code`), so an operator reads it in the Temporal UI.
 */
import type { RetryPolicy } from './graph.ts';
import type { Item } from './item.ts';
import type { JsonObject } from './json.ts';
import type { Failure } from './run.ts';

/** Which step this is, for logs, idempotency keys and whom it acts for. */
export interface EffectContext {
  workspace: string;
  automation: string;
  run: string;
  node: string;
  nodeName: string;
  /** Which run of the node this is (0, 1, 2 … in a loop). */
  index: number;
  /** Position of the item, for nodes that run once per item. */
  item?: number | undefined;
  /** The same in every attempt, after crashes too. Sent as `Idempotency-Key` by HTTP nodes. */
  idempotencyKey: string;
}

export interface EffectInput {
  context: EffectContext;
  typeVersion: number;
  /** Parameters with every expression evaluated, as the node type's schema gives them. */
  parameters: JsonObject;
  /** The one item, all of them for nodes that run once, a batch of them for nodes that run in batches; none for calls that read their parameters only. */
  items: Item[];
  /** In batches: the parameters of each item, in order, where they differ from item to item. Left out: `parameters` are everyone's. */
  each?: JsonObject[] | undefined;
  /** In batches: the other items go on when one fails. Left out: the first failure ends the step. */
  goesOn?: boolean | undefined;
  /** Output of the nodes that the parameters name as `$('Name')`, by name (code only). */
  nodes?: Record<string, Item[]> | undefined;
  /** Epoch milliseconds and zone of `$now` in code. */
  now: number;
  timezone: string;
  /** The run's marker of secret variables (`contracts/variables.ts`); where it stands in parameters, their values go. */
  secretMarker?: string | undefined;
  /** How often this may be tried; the activity itself stops (non-retryable) at `maxAttempts`, crashes aside. */
  retry: RetryPolicy;
  /** Milliseconds one attempt may take. */
  timeoutMs: number;
}

/** What became of one item of a batch. */
export type ItemOutcome = { items: Item[] } | { failure: Failure };

export interface EffectResult {
  items: Item[];
  /** In batches, in place of `items`: one for each item, in order; those behind a failure may be left out unless the others go on. */
  outcomes?: ItemOutcome[] | undefined;
  logs?: string[] | undefined;
  /** Which attempt this was; 1 for the first. */
  attempts?: number | undefined;
}

/** The `type` of the ApplicationFailure by which an activity reports a failed step; `details[0]` is the `Failure`, `details[1]` the attempt. */
export const stepFailureType = 'StepFailure';

/** An effect as an activity implements it. Throws `StepFailure`-typed ApplicationFailures only. */
export type EffectActivity = (input: EffectInput) => Promise<EffectResult>;

/** An error that carries a `Failure` and says whether trying again can help. */
export class StepFailure extends Error {
  readonly failure: Failure;
  readonly retryable: boolean;
  /** Milliseconds to wait before the next attempt, when the other side said so. */
  readonly retryAfterMs: number | undefined;

  constructor(
    failure: Failure,
    options: { retryable: boolean; retryAfterMs?: number } = { retryable: false },
  ) {
    super(failure.message);
    this.name = stepFailureType;
    this.failure = failure;
    this.retryable = options.retryable;
    this.retryAfterMs = options.retryAfterMs;
  }
}
