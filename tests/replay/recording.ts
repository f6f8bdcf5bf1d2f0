import type { RunEvent } from '../../contracts/run.ts';

/** One recorded run. */
export interface Recording {
  /** What it reported, over all of its executions. */
  events: RunEvent[];
  /** The history of each execution, as Temporal's tools write it: more than one after continue-as-new. */
  executions: { events: { workflowExecutionStartedEventAttributes?: { workflowId: string } }[] }[];
}
