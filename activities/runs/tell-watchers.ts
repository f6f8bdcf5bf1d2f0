/**
 * What callers need of the ends of runs: one that took over from an earlier execution is told when a run it waits for has ended, and
 * a run that was ended from outside, which could cancel nothing any more, leaves no run behind that only it waited for.
 */
import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import { childEndedSignal } from '../../contracts/child-run.ts';
import type { Database } from '../../db/index.ts';
import type { EndedRunListener } from '../records/announce-ended-runs.ts';

/** Failures of runs that did not end themselves (`outside-end.ts`). */
const fromOutside = new Set(['terminated', 'timed-out', 'deleted', 'workflow-failed']);

export function createTellWatchers({ db, client }: { db: Database; client: Client }): EndedRunListener {
  return async (ended) => {
    await tellWatchersOf(
      ended.map(({ run }) => run),
      { db, client },
    );
    for (const { run, failure } of ended) {
      if (!failure || !fromOutside.has(failure.code)) continue;
      const children = await db.asSystem(({ endedRuns }) => endedRuns.openChildren(run));
      for (const child of children) await ifThere(client.workflow.getHandle(child.workflowId).cancel());
    }
  };
}

/** Of runs of automations or agents that have ended. */
export async function tellWatchersOf(
  runs: string[],
  { db, client }: { db: Database; client: Client },
): Promise<void> {
  const watchers = await db.asSystem(({ endedRuns }) => endedRuns.watchers(runs));
  for (const { run, workflowId } of watchers) {
    await ifThere(client.workflow.getHandle(workflowId).signal(childEndedSignal, run));
    await db.asSystem(({ endedRuns }) => endedRuns.unwatch(run, workflowId));
  }
}

async function ifThere(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}
