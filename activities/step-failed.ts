import { ApplicationFailure } from '@temporalio/activity';
import { stepFailureType } from '../contracts/effect.ts';
import type { Failure } from '../contracts/run.ts';

/** A failure that trying again can't help, as the engine reads it from an activity that is no effect. */
export function stepFailed(code: string, message: string, hint?: string): ApplicationFailure {
  const failure: Failure = { code, message, ...(hint !== undefined && { hint }) };
  return ApplicationFailure.create({
    type: stepFailureType,
    message,
    details: [failure],
    nonRetryable: true,
  });
}
