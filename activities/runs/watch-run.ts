/**
 * For a run that waits for another one which an earlier execution of it called: gives that one's end if it has ended, and otherwise
 * writes down that the waiting run is to be told (`tell-watchers.ts`). In this order, so that no end falls between the two.
 */
import { type Client, WorkflowFailedError } from '@temporalio/client';
import { ApplicationFailure, CancelledFailure, WorkflowNotFoundError } from '@temporalio/common';
import { type AgentRunResult, itemsOfAgentRun } from '../../contracts/agents/run.ts';
import type { ChildEnd } from '../../contracts/child-run.ts';
import type { Failure, RunResult } from '../../contracts/run.ts';
import type { RunDeps } from '../../runs/run-deps.ts';
import { outsideEnd } from '../records/outside-end.ts';
import { statusOf } from '../records/workflow-truth.ts';
import { finalFailure } from '../step-failed.ts';

export interface WatchInput {
  workspace: string;
  run: string;
  workflowId: string;
  /** The workflow that waits. */
  watcher: string;
}

/** Null: it has not ended. What Temporal or the database throw is Temporal's to retry. */
export type WatchRun = (input: WatchInput) => Promise<ChildEnd | null>;

export function createWatchRun(deps: RunDeps | undefined): WatchRun {
  return async ({ workspace, run, workflowId, watcher }) => {
    if (!deps) throw finalFailure({ code: 'no-database', message: 'This worker has no database.' });
    const { db, temporal } = deps;
    await db.asSystem(({ endedRuns }) => endedRuns.watch({ run, workflowId: watcher, workspace }));
    const end = await endOf(temporal, run, workflowId);
    if (end) await db.asSystem(({ endedRuns }) => endedRuns.unwatch(run, watcher));
    return end;
  };
}

async function endOf(client: Client, run: string, workflowId: string): Promise<ChildEnd | null> {
  const status = await statusOf(client, workflowId);
  if (status.kind === 'open') return null;
  if (status.kind === 'gone') return endedOutside('gone');
  if (status.end === 'cancelled') return { kind: 'cancelled' };
  if (status.end === 'terminated' || status.end === 'timed-out') return endedOutside(status.end);
  try {
    const result: RunResult | AgentRunResult = await client.workflow.getHandle(workflowId).result();
    const items = 'status' in result ? itemsOfAgentRun(run, result) : (result.items ?? []);
    return { kind: 'succeeded', items };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return endedOutside('gone');
    if (!(error instanceof WorkflowFailedError)) throw error;
    const { cause } = error;
    if (cause instanceof CancelledFailure) return { kind: 'cancelled' };
    if (cause instanceof ApplicationFailure && cause.details?.[0])
      return { kind: 'failed', failure: cause.details[0] as Failure };
    return endedOutside('failed');
  }
}

function endedOutside(end: 'gone' | 'terminated' | 'timed-out' | 'failed'): ChildEnd {
  const [event] = outsideEnd({ end, at: 0, lastSeq: 0, openSteps: [] });
  if (event?.type !== 'run.finished' || !event.failure) throw new Error(`${end} is no failure.`);
  return { kind: 'failed', failure: event.failure };
}
