/** Runs that have ended, by whomever, wait for no event. */
import type { Database } from '../../db/index.ts';
import type { EndedRunListener } from '../records/announce-ended-runs.ts';

export function createForgetWaiters({ db }: { db: Database }): EndedRunListener {
  return async (ended) =>
    await db.asSystem(({ eventWaiters }) => eventWaiters.removeOfRuns(ended.map(({ run }) => run)));
}
