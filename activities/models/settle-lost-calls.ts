/** Gives back what calls to models reserved whose process died (db/repositories/models/lost-calls.ts). Any number of processes may. */
import type { Database, Log } from '../../db/index.ts';
import { createPasses, type Passes } from '../records/passes.ts';

export interface SettlingOptions {
  db: Database;
  log: Log;
  /** Milliseconds from the end of one pass to the next, default half a minute. */
  everyMs?: number | undefined;
}

export function createLostCallSettling({ db, log, everyMs = 30_000 }: SettlingOptions): Passes {
  return createPasses({
    pass: async () => {
      const lost = await db.asSystem(({ modelCalls }) => modelCalls.settleLapsed());
      if (lost > 0)
        log.warn({ calls: lost }, 'Calls to models whose process died were settled with an estimate');
    },
    onError: (error) => log.warn({ err: error }, 'Lost calls to models could not be settled; next try later'),
    everyMs,
  });
}
