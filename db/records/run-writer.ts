import type { Bus } from '../../contracts/bus.ts';
import type { RunEvent, RunHeader } from '../../contracts/run.ts';
import type { Database } from '../database.ts';
import type { Log } from '../log.ts';

export interface RunWriterOptions {
  db: Database;
  bus: Bus;
  log?: Log | undefined;
  /** Milliseconds that rows gather before they are written, default 40. */
  flushMs?: number | undefined;
  /** Rows that are written at once at most, default 500. */
  maxRows?: number | undefined;
}

export interface RunWriter {
  /**
   * Takes events of one run, in order of `seq`: tells the bus at once, and writes the rows soon. The same events again change
   * nothing. No events: a `queued` row, for a run that was just started.
   */
  record(header: RunHeader, events: RunEvent[]): void;
  /** Resolves when everything recorded before the call is in the database. @throws when the database refuses. */
  flush(): Promise<void>;
  /** Writes what is left and stops. */
  close(): Promise<void>;
  /** Rows not yet written. */
  readonly pending: number;
}

export declare function createRunWriter(options: RunWriterOptions): RunWriter;
