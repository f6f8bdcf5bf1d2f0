/**
 * Deletes what is kept no longer: of runs that ended long enough ago first the bodies (outputs, answers, their objects in the store),
 * later the runs. Runs of agents go as a whole; notifications after 90 days. Any number of processes may do it at once, and die while
 * they do: what is due stays due until it is gone.
 */
import type { Database, DueRun, Log, RetentionRepository } from '../../db/index.ts';
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
  const removed = await each({
    due: (retention, page) => retention.due('run', { defaultDays: runDays, ...page }),
    take: (retention, runs) => retention.remove(runs),
  });
  const emptied = await each({
    due: (retention, page) => retention.due('body', { defaultDays: bodyDays, ...page }),
    take: (retention, runs) => retention.empty(runs),
  });
  await db.asSystem(async ({ retention, notifications, viewers }) => {
    await retention.removeLeft({ defaultDays: runDays });
    await notifications.removeOlderThan(notificationDays);
    await viewers.removeOver();
  });
  await each({
    due: (retention, page) => retention.dueAgentRuns({ defaultDays: runDays, ...page }),
    async more(run) {
      await deleteWorkflowObjects(store, run);
    },
    take: (retention, runs) => retention.removeAgentRuns(runs),
  });
  if (emptied + removed > 0) log.info({ emptied, removed }, 'Records whose time was up were deleted');
  return { emptied, removed };

  async function each<Run extends DueRun>({ due, more, take }: ToTake<Run>): Promise<number> {
    let count = 0;
    let after: string | undefined;
    for (;;) {
      const page = await db.asSystem(({ retention }) => due(retention, { after, limit: runsAtATime }));
      if (page.length === 0) return count;
      // Objects before rows: afterwards nobody could tell whose they were.
      for (const run of page) {
        await deleteRunObjects(store, run);
        await more?.(run);
      }
      await db.asSystem(({ retention }) =>
        take(
          retention,
          page.map(({ run }) => run),
        ),
      );
      count += page.length;
      after = page.at(-1)?.position;
    }
  }
}

/** Records of one kind whose time is up, page by page. */
interface ToTake<Run extends DueRun> {
  due(retention: RetentionRepository, page: { after: string | undefined; limit: number }): Promise<Run[]>;
  /** Deletes what a record has in the store beside the objects of its run. */
  more?(run: Run): Promise<void>;
  take(retention: RetentionRepository, runs: string[]): Promise<void>;
}

export function createRetention({ everyMs, ...options }: RetentionOptions): Passes {
  return createPasses({
    pass: () => applyRetention(options),
    onError: (error) => options.log.warn({ err: error }, 'Old records could not be deleted; next try later'),
    everyMs,
  });
}
