/** What a child's failure means to who started it. */
import {
  ApplicationFailure,
  CancelledFailure,
  TemporalFailure,
  TerminatedFailure,
} from '@temporalio/workflow';
import type { ChildEnd } from '../contracts/child-run.ts';
import type { Failure } from '../contracts/run.ts';

export function endOfChild(error: unknown): Exclude<ChildEnd, { kind: 'succeeded' }> {
  let cause: unknown = error;
  while (cause instanceof TemporalFailure && cause.cause) cause = cause.cause;
  if (cause instanceof CancelledFailure) return { kind: 'cancelled' };
  if (cause instanceof ApplicationFailure && cause.details?.[0])
    return { kind: 'failed', failure: cause.details[0] as Failure };
  const code = cause instanceof TerminatedFailure ? 'terminated' : 'workflow-failed';
  return { kind: 'failed', failure: { code, message: (cause as Error).message } };
}
