/**
 * Deletes what is kept no longer: of runs that ended long enough ago first the bodies (outputs, answers, their objects in the store),
 * later the runs. Runs of agents go as a whole; notifications after 90 days. Any number of processes may do it at once, and die while
 * they do: what is due stays due until it is gone.
 */
import type { Database, Due, Log } from '../../db/index.ts';
import { deleteRunObjects, deleteWorkflowObjects, type ObjectStore } from '../../storage/index.ts';
import { createPasses, type Passes } from './passes.ts';

export interface RetentionOptions {
  db: Database;
  store: ObjectStore;
  log: Log;
  /** Days where neither automation nor workspace says others; 0 keeps for ever. */
  bodyDays: number;
  runDays: number;
  /** Milliseconds from the end of one pass to the next, default an hour. */
  everyMs?: number | undefined;
}

const runsAtATime = 100;
/** Days that a person finds what they were told. */
const notificationDays = 90;

/** One pass. Returns how many runs lost their bodies, and how many are gone. */
export async function applyRetention({
  db,
  store,
  log,
  bodyDays,
  runDays,
}: Omit<RetentionOptions, 'everyMs'>): Promise<{ emptied: number; removed: number }> {
  // Runs first: what goes altogether needs no emptying.
  const removed = await each('run', runDays, (runs) =>
    db.asSystem(({ retention }) => retention.remove(runs)),
  );
  const emptied = await each('body', bodyDays, (runs) =>
    db.asSystem(({ retention }) => retention.empty(runs)),
  );
  await db.asSystem(async ({ retention, notifications, viewers }) => {
    await retention.removeLeft({ defaultDays: runDays });
    await notifications.removeOlderThan(notificationDays);
    await viewers.removeOver();
  });
  await removeAgentRuns();
  if (emptied + removed > 0) log.info({ emptied, removed }, 'Records whose time was up were deleted');
  return { emptied, removed };

  async function each(what: Due, defaultDays: number, take: (runs: string[]) => Promise<void>) {
    let count = 0;
    let after: string | undefined;
    for (;;) {
      const due = await db.asSystem(({ retention }) =>
        retention.due(what, { defaultDays, after, limit: runsAtATime }),
      );
      if (due.length === 0) return count;
      // Objects before rows: afterwards nobody could tell whose they were.
      for (const run of due) await deleteRunObjects(store, run);
      await take(due.map(({ run }) => run));
      count += due.length;
      after = due.at(-1)?.position;
    }
  }

  async function removeAgentRuns(): Promise<void> {
    let after: string | undefined;
    for (;;) {
      const due = await db.asSystem(({ retention }) =>
        retention.dueAgentRuns({ defaultDays: runDays, after, limit: runsAtATime }),
      );
      if (due.length === 0) return;
      for (const run of due) {
        await deleteRunObjects(store, run);
        await deleteWorkflowObjects(store, run);
      }
      await db.asSystem(({ retention }) => retention.removeAgentRuns(due.map(({ run }) => run)));
      after = due.at(-1)?.position;
    }
  }
}

export function createRetention({ everyMs, ...options }: RetentionOptions): Passes {
  return createPasses({
    pass: () => applyRetention(options),
    onError: (error) => options.log.warn({ err: error }, 'Old records could not be deleted; next try later'),
    everyMs,
  });
}
