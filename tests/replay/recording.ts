import type { RunEvent } from '../../contracts/run.ts';

/** One recorded workflow. */
export interface Recording {
  /** What it reported, over all of its executions; a workflow that is no run reports nothing. */
  events: RunEvent[];
  /** The history of each execution, as Temporal's tools write it: more than one after continue-as-new. */
  executions: { events: { workflowExecutionStartedEventAttributes?: { workflowId: string } }[] }[];
}
