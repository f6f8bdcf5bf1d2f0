/**
 * Announces runs that have ended to whoever acts on it: error automations, event triggers, callers that lost hold of their child.
 *
 * It reads the records, not the runs: an end that somebody made in the Temporal UI is announced like one that the run reported
 * itself, because the reconciler writes both; and no run pays for it. Every end is announced at least once, in order, whatever dies
 * meanwhile. A listener makes it once by what it does: it starts runs under ids that follow from the run that ended.
 */
import { randomUUID } from 'node:crypto';
import type { Bus } from '../../contracts/bus.ts';
import type { Database, EndedRun, Log } from '../../db/index.ts';
import { createPasses, type Passes } from './passes.ts';

/**
 * Gets some ended runs, in the order in which their ends were written. When it throws, it and all others get the same runs again
 * soon, and none after them until then: it throws when something is away, not for a run that it can do nothing with.
 */
export type EndedRunListener = (ended: readonly EndedRun[]) => Promise<void>;

export interface AnnouncerOptions {
  db: Database;
  bus: Bus;
  log: Log;
  listeners: readonly EndedRunListener[];
  /** Milliseconds between two looks when the bus says nothing, default 5,000. */
  everyMs?: number | undefined;
  /** Milliseconds from the end of a run to the look: its record is to be written first. Default 400. */
  afterMs?: number | undefined;
}

export interface Announcer extends Passes {
  /** One look: announces what has ended since the last. Gives how many; 0 too while another process announces. */
  runOnce(): Promise<number>;
}

const pageSize = 200;
/** So long another process stays away; a page of listeners' work takes much less. */
const holdMs = 30_000;

export function createAnnouncer(options: AnnouncerOptions): Announcer {
  const { db, bus, log, listeners, everyMs = 5_000, afterMs = 400 } = options;
  const holder = randomUUID();
  let unsubscribe = () => {};

  async function runOnce(): Promise<number> {
    let announced = 0;
    for (;;) {
      const from = await db.asSystem(({ endedRuns }) => endedRuns.claim(holder, holdMs));
      if (!from) return announced;
      const { runs, place } = await db.asSystem(({ endedRuns }) => endedRuns.after(from, pageSize));
      if (runs.length === 0) return announced;
      for (const listener of listeners) await listener(runs);
      if (!(await db.asSystem(({ endedRuns }) => endedRuns.advance(holder, place)))) return announced;
      announced += runs.length;
      if (runs.length < pageSize) return announced;
    }
  }

  const passes = createPasses({
    pass: runOnce,
    onError: (error) => log.warn({ err: error }, 'Ended runs could not be announced; next try soon'),
    everyMs,
  });
  return {
    runOnce,
    soon: passes.soon,
    start() {
      passes.start();
      unsubscribe = bus.subscribe((message) => {
        if (message.kind === 'run.ended') passes.soon(afterMs);
      });
    },
    async stop() {
      unsubscribe();
      await passes.stop();
      await db.asSystem(({ endedRuns }) => endedRuns.release(holder)).catch(() => undefined);
    },
  };
}
