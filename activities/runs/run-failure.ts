import { ApplicationFailure } from '@temporalio/activity';
import { stepFailureType } from '../../contracts/effect.ts';
import type { Failure } from '../../contracts/run.ts';

/** A failure of a step that trying again would not mend. */
export function runFailure(failure: Failure): ApplicationFailure {
  return ApplicationFailure.create({
    type: stepFailureType,
    message: failure.message,
    details: [failure],
    nonRetryable: true,
  });
}
