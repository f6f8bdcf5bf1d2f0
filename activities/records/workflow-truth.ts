/** What Temporal knows of a run: the reconciler's questions and the kinds of answer. */
import { type Client, WorkflowFailedError } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import type { RunEvent, RunHeader } from '../../contracts/run.ts';
import { runHeaderOf } from '../../contracts/run-header.ts';
import { runInputOf } from '../../runs/run-input.ts';

/** The query that the automation workflow answers, closed or not. */
export const recordQuery = 'record';

export interface RunRecord {
  header: RunHeader;
  events: RunEvent[];
}

/** How an execution ended, in Temporal's words. */
export type EndKind = 'completed' | 'failed' | 'cancelled' | 'terminated' | 'timed-out';

export type WorkflowStatus =
  | { kind: 'open' }
  | { kind: 'ended'; end: EndKind; closedAt: number }
  /** Deleted, or past the namespace's retention. */
  | { kind: 'gone' };

/** Milliseconds one call may take: a query without any worker would block for much longer. */
const deadlineMs = 5_000;

const ends: Record<string, EndKind> = {
  COMPLETED: 'completed',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
  TERMINATED: 'terminated',
  TIMED_OUT: 'timed-out',
};

/** @throws ServiceError when Temporal can't be reached. */
export async function statusOf(client: Client, workflowId: string): Promise<WorkflowStatus> {
  try {
    const { status, closeTime } = await inTime(client, () =>
      client.workflow.getHandle(workflowId).describe(),
    );
    const end = ends[status.name];
    return end ? { kind: 'ended', end, closedAt: closeTime?.getTime() ?? Date.now() } : { kind: 'open' };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return { kind: 'gone' };
    throw error;
  }
}

/** How often the workflow's present task was tried; 0 when none waits. */
export async function failingTaskAttempts(client: Client, workflowId: string): Promise<number> {
  const { raw } = await inTime(client, () => client.workflow.getHandle(workflowId).describe());
  return raw.pendingWorkflowTask?.attempt ?? 0;
}

/** @param execution of a chain that continued as new; left out: its last */
export type Ask = (workflowId: string, execution?: string) => Promise<RunRecord | undefined>;

/**
 * Asks workflows themselves; a closed one is replayed by a worker. Gives undefined when one can't answer, now or ever. After a
 * few questions without any answer in time nobody is there to replay, and the rest is not even asked.
 */
export function createAsk(client: Client): Ask {
  let silent = 0;
  return async (workflowId, execution) => {
    if (silent >= 3) return undefined;
    const began = Date.now();
    try {
      const record = await inTime(client, () =>
        client.workflow.getHandle(workflowId, execution).query<RunRecord>(recordQuery),
      );
      silent = 0;
      return record;
    } catch {
      if (Date.now() - began >= deadlineMs * 0.9) silent++;
      return undefined;
    }
  };
}

/**
 * Who a run is, from the input its workflow was started with: for one that never came to answer a query. Undefined when Temporal
 * does not know it or the input is not a run's.
 */
export async function headerOf(client: Client, workflowId: string): Promise<RunHeader | undefined> {
  const found = await inTime(client, () => runInputOf(client, workflowId));
  if (!found) return undefined;
  return runHeaderOf(found.input, { ...found, workflowId });
}

/** The execution that this one goes on from; undefined when it is the first, or Temporal has not kept it. */
export async function formerExecution(
  client: Client,
  workflowId: string,
  execution: string | undefined,
): Promise<string | undefined> {
  const found = await inTime(client, () => runInputOf(client, workflowId, execution));
  return found?.continuedFrom;
}

/** Why an ended workflow ended, as Temporal tells it: the terminator's reason, or the failure's message. */
export async function endReason(client: Client, workflowId: string): Promise<string | undefined> {
  try {
    await inTime(client, () => client.workflow.getHandle(workflowId).result());
    return undefined;
  } catch (error) {
    return error instanceof WorkflowFailedError ? error.cause?.message : undefined;
  }
}

function inTime<T>(client: Client, call: () => Promise<T>): Promise<T> {
  return client.withDeadline(Date.now() + deadlineMs, call);
}
