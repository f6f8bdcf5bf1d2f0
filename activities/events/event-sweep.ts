/**
 * Tells events that whoever emitted them could not: they died, or Temporal was away. And forgets old ones. Any number of processes may
 * do it at once.
 */
import type { Logger } from 'pino';
import { tellEvent } from '../../runs/events/tell-event.ts';
import type { RunDeps } from '../../runs/run-deps.ts';
import { versionGraphsOf } from '../../runs/version-graphs.ts';
import { createPasses, type Passes } from '../records/passes.ts';

/** Days that an event is kept once it is told. */
const keptDays = 14;
/** Days that a delivery of a webhook is kept. */
const keptDeliveryDays = 7;
const atOnce = 50;

export interface EventSweepOptions {
  runs: RunDeps;
  log: Logger;
  /** Milliseconds from the end of one pass to the next, default 5,000. */
  everyMs?: number | undefined;
}

export function createEventSweep({ runs, log, everyMs = 5_000 }: EventSweepOptions): Passes {
  const graphs = versionGraphsOf(runs.db);
  return createPasses({
    pass: async () => {
      for (;;) {
        const due = await runs.db.asSystem(({ events }) => events.due(atOnce));
        // One that can't be told holds nobody else back.
        for (const event of due)
          await tellEvent({ ...runs, graphs, log }, event).catch((error: unknown) =>
            log.warn({ err: error, event: event.id }, 'An event could not be told; next try later'),
          );
        if (due.length < atOnce) return;
      }
    },
    onError: (error) => log.warn({ err: error }, 'Events could not be looked for; next try soon'),
    everyMs,
  });
}

export function createEventForgetting({ runs: { db }, log, everyMs }: EventSweepOptions): Passes {
  return createPasses({
    pass: () =>
      db.asSystem(async ({ events, eventWaiters, webhookDeliveries }) => {
        await events.removeOld(keptDays);
        await webhookDeliveries.removeOld(keptDeliveryDays);
        await eventWaiters.removeLeft();
      }),
    onError: (error) =>
      log.warn({ err: error }, 'Old events and deliveries could not be deleted; next try later'),
    everyMs,
  });
}
