import type { InjectedSinks } from '@temporalio/worker';
import type { WorkflowInfo } from '@temporalio/workflow';
import type { RunHeader } from '../contracts/run.ts';
import type { RunWriter } from '../db/index.ts';
import type { RecordSinks } from '../workflows/run-record.ts';

/**
 * Where workflows' events arrive. Called during replay as well: what a dead worker had in memory is written by the one that takes
 * over; what is stored already changes nothing.
 */
export function recordSinks(writer: RunWriter): InjectedSinks<RecordSinks> {
  return {
    record: {
      add: {
        callDuringReplay: true,
        fn: (workflow, header, events) => writer.record({ ...header, ...executionOf(workflow) }, events),
      },
    },
  };
}

/** A reset makes an execution of a new id that begins with a copy of the former's start, which names that one as the first. */
function executionOf(workflow: WorkflowInfo): Pick<RunHeader, 'execution' | 'isReset'> {
  const { runId, firstExecutionRunId, continuedFromExecutionRunId } = workflow;
  const isReset = continuedFromExecutionRunId === undefined && runId !== firstExecutionRunId;
  return { execution: runId, ...(isReset && { isReset }) };
}
