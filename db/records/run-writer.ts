/**
 * The projection of runs into records: takes events in memory, tells the bus at once and writes rows in batches.
 *
 * - Batches are written in order, one at a time; a batch that fails is tried again with back-off while newer rows gather.
 * - Rows the database refuses for what they hold are written without their data; nothing else waits for them.
 * - Memory is bounded: beyond `maxBytes` the oldest outputs are given up (their step says how many items it had) and the log says so.
 * - A crash loses what was not written yet. The workflow reports the same events again when it goes on, and the reconciler asks
 *   workflows that have ended.
 */
import type { Bus } from '../../contracts/bus.ts';
import type { RunEvent, RunHeader } from '../../contracts/run.ts';
import type { Database } from '../database.ts';
import { type Log, silent } from '../log.ts';
import { createPendingRuns } from './pending-runs.ts';
import { createRunPublisher } from './run-publisher.ts';
import { writeWhatTakes } from './write-what-takes.ts';

export interface RunWriterOptions {
  db: Pick<Database, 'sql'>;
  bus: Bus;
  log?: Log | undefined;
  /** Milliseconds that rows gather before they are written, default 150: each batch is a commit. Readers in this process ask for `flush`. */
  flushMs?: number | undefined;
  /** Rows that are written at once at most, default 500. */
  maxRows?: number | undefined;
  /** Characters of outputs that may wait at most, default 64 million. */
  maxBytes?: number | undefined;
}

export interface RunWriter {
  /**
   * Takes events of one run, in order of `seq`: tells the bus at once, and writes the rows soon. The same events again change
   * nothing. No events: a `queued` row, for a run that was just started.
   */
  record(header: RunHeader, events: RunEvent[]): void;
  /** Resolves when everything recorded before the call is in the database. @throws when the database can't be reached now. */
  flush(): Promise<void>;
  /** Writes what is left and stops. @throws when it could not be written in three attempts. */
  close(): Promise<void>;
  /** Rows not yet written. */
  readonly pending: number;
}

const longestBackOffMs = 10_000;
const longestRestMs = 1_000;

export function createRunWriter(options: RunWriterOptions): RunWriter {
  const { db, bus, log = silent, flushMs = 150, maxRows = 500, maxBytes = 64_000_000 } = options;
  const waiting = createPendingRuns({ maxBytes, log });
  const publish = createRunPublisher(bus);
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> | undefined;
  let failures = 0;
  let restMs = flushMs;
  let closed = false;

  function schedule(): void {
    if (timer || writing || closed || waiting.rows === 0) return;
    const full = failures === 0 && waiting.rows >= maxRows;
    timer = setTimeout(() => void writeAll().catch(() => {}), full ? 0 : restMs);
  }

  /** Writes until nothing waits. Whoever calls while it runs gets the same promise. */
  function writeAll(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    writing ??= drain().finally(() => {
      writing = undefined;
      schedule();
    });
    return writing;
  }

  async function drain(): Promise<void> {
    while (waiting.rows > 0) {
      const batch = waiting.take(maxRows);
      const began = performance.now();
      try {
        await writeWhatTakes(db.sql, batch, log);
      } catch (error) {
        failures++;
        restMs = Math.min(longestBackOffMs, 100 * 2 ** failures);
        log.error({ err: error, rows: waiting.rows, retryMs: restMs }, 'Run records could not be written');
        throw error;
      }
      waiting.settle();
      failures = 0;
      // Under load batches grow instead of the share of time that goes into writing them (about 2.5 %): browsers hear of every
      // step over the bus, so a record may be a second late.
      restMs = Math.max(flushMs, Math.min(longestRestMs, 40 * (performance.now() - began)));
    }
  }

  return {
    record(header, events) {
      if (closed) throw new Error('The run writer is closed.');
      waiting.add(header, events);
      publish(header, events);
      schedule();
    },

    async flush() {
      // What is being written now may have been taken before the newest rows came; drain() goes on until none is left.
      while (waiting.rows > 0) await writeAll();
    },

    async close() {
      for (let attempt = 1; waiting.rows > 0; attempt++) {
        try {
          await this.flush();
        } catch (error) {
          if (attempt === 3) {
            closed = true;
            clearTimeout(timer);
            throw new Error(`${waiting.rows} rows of run records could not be written.`, { cause: error });
          }
          await new Promise((resolve) => setTimeout(resolve, 100 * attempt));
        }
      }
      closed = true;
      clearTimeout(timer);
    },

    get pending() {
      return waiting.rows;
    },
  };
}
