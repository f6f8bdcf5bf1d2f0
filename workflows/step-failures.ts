/** What failed activities mean to the engine. */
import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  CancelledFailure,
  isCancellation,
  patched,
  TimeoutFailure,
} from '@temporalio/workflow';
import { stepFailureType } from '../contracts/effect.ts';
import type { Failure } from '../contracts/run.ts';
import { EngineFailure } from '../engine/run/engine-failure.ts';

export function timedOut(error: unknown): boolean {
  return causeOf(error) instanceof TimeoutFailure;
}

/** What the activity failed with: a normal one's failure comes wrapped, a local one's as it is. */
export function causeOf(error: unknown): unknown {
  return error instanceof ActivityFailure ? error.cause : error;
}

export function stepFailure(
  error: unknown,
): { failure: Failure; attempt: number; retryable: boolean; retryAfterMs?: number } | undefined {
  const cause = causeOf(error);
  if (!(cause instanceof ApplicationFailure) || cause.type !== stepFailureType) return undefined;
  const retryAfterMs = cause.nextRetryDelay ? Number(cause.nextRetryDelay) : undefined;
  return {
    failure: cause.details?.[0] as Failure,
    attempt: Number(cause.details?.[1] ?? 1),
    retryable: !cause.nonRetryable,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

/**
 * Called in the scope in which the activity was. What is a failure of the engine, or a cancellation, is given as it is.
 *
 * @param attemptsBefore those that an earlier activity of the same step made
 */
export function asEngineFailure(error: unknown, attemptsBefore = 0): unknown {
  if (isCancellation(error) || error instanceof EngineFailure) return error;
  if (cancelledUnheard(error)) return new CancelledFailure('The worker died before it heard of it');
  const failed = stepFailure(error);
  if (failed) return new EngineFailure(failed.failure, attemptsBefore + failed.attempt);
  const attempts = attemptsBefore + 1;
  if (timedOut(error))
    return new EngineFailure(
      {
        code: 'timeout',
        message: 'The step took longer than it may.',
        hint: 'Raise the timeout of the node, or make the call faster.',
      },
      attempts,
    );
  const cause = causeOf(error);
  const message = cause instanceof Error ? cause.message : String(cause);
  return new EngineFailure(
    { code: 'internal', message, hint: 'Look at the run in the Temporal UI for details.' },
    attempts,
  );
}

/**
 * The server does not try an activity again that is to be cancelled: one whose worker died fails for its missing heartbeat.
 * Patched: runs from before go on as they began.
 */
function cancelledUnheard(error: unknown): boolean {
  return timedOut(error) && CancellationScope.current().consideredCancelled && patched('cancelled-unheard');
}
