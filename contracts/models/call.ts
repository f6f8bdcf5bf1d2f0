/** The ledger: one row for each call to a provider, whatever became of it. */
import { z } from 'zod';

/**
 * - `open`: it runs, and what it may cost is reserved. Whoever makes it says so every few seconds.
 * - `succeeded`, `failed`: it ended. A failure may have cost something: a stream that was cut.
 * - `aborted`: somebody stopped it. What had come by then is paid.
 * - `lost`: the process that made it died. It is counted with an estimate of what was sent.
 */
export const callState = z.enum(['open', 'succeeded', 'failed', 'aborted', 'lost']);
export type CallState = z.output<typeof callState>;

export const callOperation = z.enum(['chat', 'embed', 'test']);
export type CallOperation = z.output<typeof callOperation>;

/** Why a call failed, in classes that decide what is done next (`models/model-error.ts`). */
export const modelErrorKind = z.enum([
  /** The credential is wrong, or may not do this. */
  'unauthorized',
  /** Too many requests, or quota used up for now. */
  'rate-limited',
  /** The account at the provider has no money. */
  'no-credit',
  /** It has too much to do, or broke. */
  'unavailable',
  /** No connection, or it broke off. */
  'network',
  /** Nothing came in time. */
  'timeout',
  /** There is no such model, or it can't do this. */
  'unknown-model',
  /** More than the model can read. */
  'too-long',
  /** The provider refuses the content. */
  'refused',
  /** The request itself is wrong. */
  'bad-request',
  /** It answered with something that is not its protocol. */
  'bad-answer',
  /** Somebody stopped it. */
  'aborted',
  /** It failed lately, and is left alone for a while. */
  'resting',
  /** A limit that the workspace set itself: requests or tokens a minute, calls at once. */
  'limited',
  /** A budget does not allow it. */
  'over-budget',
  /** A budget of money can't be kept with a model that has no price. */
  'not-priced',
  /** What was chosen leads to no model. */
  'no-model',
]);
export type ModelErrorKind = z.output<typeof modelErrorKind>;
