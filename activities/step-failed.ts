/** Failures of activities that are no effects, as the engine reads them (an effect's are made by `effect-activity.ts`). */
import { ApplicationFailure } from '@temporalio/activity';
import { type StepFailure, stepFailureType } from '../contracts/effect.ts';
import type { Failure } from '../contracts/run.ts';

/** One that trying again can't help. */
export function stepFailed(code: string, message: string, hint?: string): ApplicationFailure {
  return finalFailure({ code, message, ...(hint !== undefined && { hint }) });
}

/** One that trying again can't help, or does not any more. */
export function finalFailure(failure: Failure): ApplicationFailure {
  return ApplicationFailure.create({
    ...{ type: stepFailureType, message: failure.message, details: [failure] },
    nonRetryable: true,
  });
}

/** What may go well the next time is Temporal's to try again, when the other side says. */
export function activityFailure(
  { failure, retryable, retryAfterMs }: StepFailure,
  cause?: Error,
): ApplicationFailure {
  return ApplicationFailure.create({
    ...{ type: stepFailureType, message: failure.message, details: [failure], cause },
    nonRetryable: !retryable,
    ...(retryAfterMs !== undefined && { nextRetryDelay: retryAfterMs }),
  });
}
