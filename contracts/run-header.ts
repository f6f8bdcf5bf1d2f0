/**
 * The facts of a run's record, from what its workflow was started with. In one place: the workflow tells them, and so does whoever asks
 * Temporal about it later.
 */
import { type RunHeader, type RunInput, runFromTick, runOfTick, workflowIdOf } from './run.ts';

/** What Temporal says of a run's workflow. */
export interface WorkflowFacts {
  workflowId: string;
  /** The first execution's id: the same in all that it continued as. */
  firstRunId: string;
  /** Epoch ms of the execution that was started with this input. */
  startedAt: number;
}

/** The run's id: as it is given, or made of the workflow's, for schedules start every run with the same input. */
export function runOfInput(
  input: RunInput,
  { workflowId, firstRunId }: Pick<WorkflowFacts, 'workflowId' | 'firstRunId'>,
): string {
  const of = { workspace: input.workspace, automation: input.automation.id };
  if (input.run === runFromTick) return runOfTick(of, { workflowId, firstRunId });
  if (input.run !== 'from-workflow-id') return input.run;
  return workflowId.slice(workflowIdOf({ ...of, run: '' }).length).replaceAll(':', '');
}

export function runHeaderOf(input: RunInput, facts: WorkflowFacts): RunHeader {
  const { caller, retryOf, startedBy, resume } = input;
  return {
    run: runOfInput(input, facts),
    workspace: input.workspace,
    automation: input.automation.id,
    version: input.version.id,
    trigger: input.trigger.kind,
    triggerNode: input.trigger.node,
    workflowId: facts.workflowId,
    startedAt: resume?.startedAt ?? facts.startedAt,
    ...(retryOf !== undefined && { retryOf }),
    ...(startedBy !== undefined && { startedBy }),
    ...(caller && {
      parent: { run: caller.run, node: caller.node, index: caller.index, waits: caller.waits },
    }),
  };
}
