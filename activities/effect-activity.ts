/**
 * Makes a Temporal activity of an effect.
 *
 * Who decides what:
 * - how often a *failure* is tried again is decided here, by `input.retry`: the last allowed attempt fails as non-retryable;
 * - what a *crash* or a server-side time-out costs is decided by Temporal: the policy of the activity has no attempt limit, so a
 *   killed worker never fails a step;
 * - cancelled is not failed: the CancelledFailure goes on as it is.
 *
 * Nothing leaves here unmasked: secrets that the step used are taken out of its result, its failure and the log (mask-secrets.ts).
 */
import { ApplicationFailure, CancelledFailure, Context } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';
import type { Logger } from 'pino';
import {
  type EffectActivity,
  type EffectInput,
  type EffectResult,
  StepFailure,
  stepFailureType,
} from '../contracts/effect.ts';
import type { RetryPolicy } from '../contracts/graph.ts';
import type { Failure } from '../contracts/run.ts';
import { VaultError } from '../db/index.ts';
import { createMask, type Mask, maskSecrets } from '../outbound/mask-secrets.ts';
import { StorageError } from '../storage/index.ts';
import type { Effect, EffectRun } from './effect.ts';
import { fileFailure } from './files/file-failure.ts';
import { type FileSettings, filesOfStep } from './files/files-of-step.ts';
import { startHeartbeat } from './heartbeat.ts';
import { resultTooLarge } from './result-too-large.ts';
import { type RevealVariables, withSecretVariables } from './variables/with-secret-variables.ts';

interface Options {
  log: Logger;
  /** Bytes of JSON. */
  maxResultBytes: number;
  /** Values of secret variables. Left out: steps that use one fail. */
  revealVariables?: RevealVariables | undefined;
  /** Where files are kept. Left out: steps with files fail. */
  files?: FileSettings | undefined;
}

/** @returns an activity that throws only CancelledFailure, or ApplicationFailure with a `Failure` in `details[0]` and the attempt in `details[1]`. */
export function effectActivity(name: string, effect: Effect, options: Options): EffectActivity {
  return async (input) => {
    const activity = Context.current();
    const log = options.log.child({ effect: name, ...input.context, attempt: activity.info.attempt });
    const stopHeartbeat = startHeartbeat(activity);
    const limit = timeLimit(input.timeoutMs, activity.cancellationSignal);
    const { signal } = limit;
    const secrets = new Set<string>();
    try {
      const files = filesOfStep(options.files, input.context);
      const result = await raceAbort(
        runEffect(effect, input, options, { signal, log, secrets, files }),
        signal,
      );
      const clean = maskSecrets(result, secrets);
      const { attempt } = activity.info;
      return withinSize(
        attempt === 1 ? clean : { ...clean, attempts: attempt },
        input,
        options.maxResultBytes,
      );
    } catch (error) {
      if (activity.cancellationSignal.aborted) throw cancellation(activity.cancellationSignal);
      const mask = createMask(secrets);
      const failure = toStepFailure(signal.aborted ? signal.reason : error, log, mask);
      log.debug({ failure: failure.failure.code, retryable: failure.retryable }, 'The step failed');
      throw toApplicationFailure(failure, input, activity.info.attempt, mask);
    } finally {
      limit.clear();
      stopHeartbeat();
    }
  };
}

/** Here, at the last moment, secret variables take the place of their markers. */
async function runEffect(
  effect: Effect,
  input: EffectInput,
  { revealVariables }: Options,
  context: EffectRun,
): Promise<EffectResult> {
  if (!effect.takesSecretVariables || input.secretMarker === undefined) return effect.run(input, context);
  const revealed = await withSecretVariables(input, revealVariables, context.secrets);
  return effect.run({ ...input, ...revealed }, context);
}

/** Milliseconds until the attempt after `attempt` (1-based), without what the other side asked for. */
export function retryDelayMs(retry: RetryPolicy, attempt: number): number {
  return Math.min(retry.maxIntervalMs, retry.initialIntervalMs * retry.backoff ** (attempt - 1));
}

/** Aborts at the time limit, and with `cancelled`. By hand, because `AbortSignal.any` leaves work for the garbage collector. */
function timeLimit(ms: number, cancelled: AbortSignal): { signal: AbortSignal; clear: () => void } {
  const controller = new AbortController();
  const cancel = () => controller.abort(cancelled.reason);
  if (cancelled.aborted) cancel();
  else cancelled.addEventListener('abort', cancel, { once: true });
  const timer = setTimeout(() => controller.abort(timedOut(ms)), ms);
  return {
    signal: controller.signal,
    clear() {
      clearTimeout(timer);
      cancelled.removeEventListener('abort', cancel);
    },
  };
}

function timedOut(ms: number): StepFailure {
  return new StepFailure(
    {
      code: 'step-timeout',
      message: `The step took longer than its time limit of ${ms / 1_000} s.`,
      hint: "Raise the node's timeout, or give it less to do at a time.",
      details: { timeoutMs: ms },
    },
    { retryable: true },
  );
}

/** Ends at the abort even when the effect does not look at its signal, so that a stuck one cannot hold a slot for ever. */
async function raceAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** A worker that shuts down cancels its activities too; that must lead to another attempt elsewhere, never to a cancelled run. */
function cancellation(signal: AbortSignal): Error {
  const reason = signal.reason;
  if (!(reason instanceof CancelledFailure)) return new CancelledFailure('CANCELLED');
  if (reason.message !== 'WORKER_SHUTDOWN') return reason;
  return ApplicationFailure.create({
    type: 'WorkerShutdown',
    message: 'The worker shut down while the step ran; it is tried again on another one.',
    nonRetryable: false,
  });
}

function withinSize(result: EffectResult, input: EffectInput, maxBytes: number): EffectResult {
  const bytes = Buffer.byteLength(JSON.stringify(result));
  if (bytes <= maxBytes) return result;
  throw resultTooLarge(input.context.nodeName, bytes, maxBytes);
}

/** Anything but a StepFailure is a fault of ours: its text may hold a secret, so it goes to the log and not to the builder. */
function toStepFailure(error: unknown, log: Logger, mask: Mask): StepFailure {
  if (error instanceof StepFailure) return error;
  if (error instanceof VaultError) return vaultLocked(error, log);
  if (error instanceof StorageError) {
    if (error.code === 'unavailable') log.error({ err: mask(error) }, 'The object store cannot be used');
    return fileFailure(error);
  }
  log.error({ err: mask(error) }, 'An effect threw something other than a StepFailure');
  return new StepFailure(
    {
      code: 'internal-error',
      message: `The step failed inside Hiviex (${error instanceof Error ? error.name : typeof error}).`,
      hint: "Run it again. If it stays, an operator finds the cause in the worker's log under this run's id.",
    },
    { retryable: true },
  );
}

/** An operator's doing, so it is tried again: with the right key in place the run goes on. */
function vaultLocked(error: VaultError, log: Logger): StepFailure {
  log.error({ err: error }, 'A secret could not be opened');
  return new StepFailure(
    {
      code: 'vault-locked',
      message: 'A secret that the step needs could not be opened.',
      hint: "The cause is in the worker's log; it is most often a master key that is missing (HIVIEX_MASTER_KEY).",
    },
    { retryable: true },
  );
}

function toApplicationFailure(
  error: StepFailure,
  input: EffectInput,
  attempt: number,
  mask: Mask,
): ApplicationFailure {
  const failure: Failure = { ...mask(error.failure), node: error.failure.node ?? input.context.node };
  const final = !error.retryable || attempt >= input.retry.maxAttempts;
  return ApplicationFailure.create({
    type: stepFailureType,
    message: failure.message,
    details: [failure, attempt],
    nonRetryable: final,
    // A builder's failed step is no alarm for the operator: without this every one is a warning with a stack in the log.
    category: ApplicationFailureCategory.BENIGN,
    ...(final ? {} : { nextRetryDelay: error.retryAfterMs ?? retryDelayMs(input.retry, attempt) }),
  });
}
