/** Reading `automation:<workspace>:<automation>:<run>` (`workflowIdOf`) back. */
import { runOfTick } from './run.ts';

export interface WorkflowIdParts {
  workspace: string;
  automation: string;
  /** The run's id; of a tick what Temporal made: `<node>-<time>`, and the time has colons. */
  rest: string;
}

/** Undefined: it is no automation's. */
export function partsOfWorkflowId(workflowId: string): WorkflowIdParts | undefined {
  const [kind, workspace, automation, ...rest] = workflowId.split(':');
  if (kind !== 'automation' || !workspace || !automation || rest.length === 0) return undefined;
  return { workspace, automation, rest: rest.join(':') };
}

/** @param executionId Temporal's id of the execution, the first of its chain */
export function runOfWorkflow(workflowId: string, executionId: string): string {
  const parts = partsOfWorkflowId(workflowId);
  if (!parts) return workflowId;
  if (!parts.rest.includes(':')) return parts.rest;
  return runOfTick(parts, { workflowId, firstRunId: executionId });
}
