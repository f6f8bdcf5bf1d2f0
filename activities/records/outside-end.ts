/**
 * The end of a run that did not report one itself: somebody terminated or deleted its workflow, or it timed out. The record says
 * what happened outside and what to do next.
 */
import type { Failure, RunEvent } from '../../contracts/run.ts';
import type { RunState } from '../../contracts/states.ts';
import type { EndKind } from './workflow-truth.ts';

/** `gone`: Temporal does not know the workflow (any more). */
export type OutsideEnd = EndKind | 'gone' | 'stuck';

const ends: Record<OutsideEnd, { state: RunState; failure?: Failure }> = {
  completed: { state: 'succeeded' },
  cancelled: { state: 'cancelled' },
  failed: {
    state: 'failed',
    failure: {
      code: 'workflow-failed',
      message: 'The workflow failed before the run could report its end.',
      hint: 'Open the run in the Temporal UI: its history names the failure. Start the run again when the cause is gone.',
    },
  },
  terminated: {
    state: 'failed',
    failure: {
      code: 'terminated',
      message: 'The workflow was terminated from outside, in the Temporal UI or by the temporal command.',
      hint: 'Steps under way were cut off: check what they had done already, then start the run again. Cancel a run rather than terminate it.',
    },
  },
  'timed-out': {
    state: 'failed',
    failure: {
      code: 'timed-out',
      message: 'Temporal stopped the workflow because its time was up.',
      hint: 'Hiviex sets no limit: look for a workflow timeout that was set on the namespace, then start the run again.',
    },
  },
  stuck: {
    state: 'cancelled',
    failure: {
      code: 'cancel-forced',
      message:
        'The run was cancelled, and its workflow was ended from outside because it could not act on it.',
      hint: 'Steps under way were cut off: check what they had done. The Temporal UI shows why its workflow task failed.',
    },
  },
  gone: {
    state: 'failed',
    failure: {
      code: 'deleted',
      message:
        'Temporal does not know this run any more: its workflow was deleted, or its history ran out of retention.',
      hint: 'How far the run came can not be told. Check what its steps have done, then start it again.',
    },
  },
};

/** Events that end a run and the steps it left open, with a `seq` after everything that was recorded. */
export function outsideEnd(options: {
  end: OutsideEnd;
  reason?: string | undefined;
  at: number;
  lastSeq: number;
  openSteps: { node: string; index: number }[];
}): RunEvent[] {
  const { end, reason, at, lastSeq, openSteps } = options;
  const { state, failure: known } = ends[end];
  const failure = known && reason ? { ...known, details: { reason } } : known;
  let seq = lastSeq;
  const steps = openSteps.map(
    ({ node, index }): RunEvent => ({
      type: 'step.finished',
      seq: ++seq,
      at,
      node,
      index,
      state: 'cancelled',
      attempts: 1,
      outputs: {},
      ...(failure ? { failure } : {}),
    }),
  );
  return [...steps, { type: 'run.finished', seq: seq + 1, at, state, ...(failure ? { failure } : {}) }];
}
