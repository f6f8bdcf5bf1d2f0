/**
 * A call as a task: the run by another name. Nothing of it is kept besides: a task is known for as long as Temporal knows the run, to
 * whoever began it.
 */
import type { Task } from '@modelcontextprotocol/sdk/types.js';
import type { WorkflowExecutionStatusName } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import type { WorkspacePrincipal } from '../auth/principal.ts';
import type { ApiDeps } from '../deps.ts';
import { type ToolRun, toolRunOf } from './tool-run.ts';

/** Milliseconds after which it is worth asking again. */
const pollInterval = 2_000;

export function taskIdOf({ kind, target, call }: ToolRun): string {
  return `${kind}.${target}.${call}`;
}

/** @returns undefined for what is no id of a task. Whether there is such a run only Temporal knows. */
export function runOfTask(principal: WorkspacePrincipal, taskId: string): ToolRun | undefined {
  const [, kind, target, call] = /^(agent|automation)\.([\w-]{1,64})\.(\w{1,64})$/.exec(taskId) ?? [];
  if (!target || !call) return undefined;
  return toolRunOf(principal, { kind: kind as ToolRun['kind'], target, call });
}

/** @returns undefined when there is none */
export async function describeTask(
  run: ToolRun,
  { temporal }: Pick<ApiDeps, 'temporal'>,
): Promise<Task | undefined> {
  try {
    const { status, startTime, closeTime } = await temporal.workflow.getHandle(run.workflowId).describe();
    return {
      taskId: taskIdOf(run),
      status: states[status.name] ?? 'working',
      // Not ours to say: it is how long Temporal keeps what has ended.
      ttl: null,
      createdAt: startTime.toISOString(),
      lastUpdatedAt: (closeTime ?? startTime).toISOString(),
      pollInterval,
    };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}

const states: Partial<Record<WorkflowExecutionStatusName, Task['status']>> = {
  COMPLETED: 'completed',
  FAILED: 'failed',
  TERMINATED: 'failed',
  TIMED_OUT: 'failed',
  CANCELLED: 'cancelled',
};
