/** Why a run has no result, for a caller who waited for it. */
import type { WorkflowFailedError } from '@temporalio/client';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import type { Failure } from '../../contracts/run.ts';

export function failureOfWorkflow({ cause }: WorkflowFailedError): Failure {
  if (cause instanceof ApplicationFailure && cause.details?.[0]) return cause.details[0] as Failure;
  if (cause instanceof CancelledFailure)
    return { code: 'cancelled', message: 'The run was cancelled.', hint: 'Start it again.' };
  return {
    code: 'terminated',
    message: 'The run was ended from outside, in the Temporal UI or by the temporal command.',
    hint: 'What it had done by then stays done. Start it again.',
  };
}
