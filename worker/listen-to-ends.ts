/** Who acts when runs have ended: callers that wait for them, error automations, event triggers, people. A new one is a listener here. */
import type { Logger } from 'pino';
import { createRunEvents } from '../activities/events/announce-ended-runs.ts';
import { createForgetWaiters } from '../activities/events/forget-waiters.ts';
import { type Announcer, createAnnouncer } from '../activities/records/announce-ended-runs.ts';
import { createFailureNotices } from '../activities/runs/notify-failures.ts';
import { createErrorAutomations } from '../activities/runs/start-error-automations.ts';
import { createTellWatchers } from '../activities/runs/tell-watchers.ts';
import type { Bus } from '../contracts/bus.ts';
import type { RunDeps } from '../runs/run-deps.ts';
import { createVersionGraphs } from '../runs/version-graphs.ts';

export interface EndListenersOptions {
  runs: RunDeps;
  bus: Bus;
  log: Logger;
  /** Where people open runs, without a slash at its end. */
  publicUrl: string;
  /** How often it looks, and how soon after an end; for tests. */
  pace?: { everyMs: number; afterMs: number };
}

export function listenToEnds({ runs, bus, log, publicUrl, pace }: EndListenersOptions): Announcer {
  const { db, temporal: client } = runs;
  return createAnnouncer({
    db,
    bus,
    log,
    listeners: [
      createForgetWaiters({ db }),
      createTellWatchers({ db, client }),
      createErrorAutomations({ runs, graphs: createVersionGraphs(db), log, publicUrl }),
      createRunEvents({ runs, log }),
      createFailureNotices({ db, bus }),
    ],
    ...pace,
  });
}
