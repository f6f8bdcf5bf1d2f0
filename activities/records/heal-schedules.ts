/** Keeps Temporal's schedules those of what is published, whoever died on the way to telling it. Starts of the API do so as well. */
import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Database } from '../../db/index.ts';
import { healSchedules } from '../../runs/schedules/heal-schedules.ts';
import { createPasses, type Passes } from './passes.ts';

export interface HealingOptions {
  client: Client;
  db: Database;
  log: Logger;
  /** Milliseconds from the end of one pass to the next, default ten minutes. */
  everyMs?: number | undefined;
}

export function createScheduleHealing({ client, db, log, everyMs = 600_000 }: HealingOptions): Passes {
  return createPasses({
    pass: () => healSchedules({ db, temporal: client, log }),
    onError: (error) => log.warn({ err: error }, 'Schedules could not be compared; next try later'),
    everyMs,
  });
}
