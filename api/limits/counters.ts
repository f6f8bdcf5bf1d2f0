/** Counts per key and window: in the table `rate_limits` that all processes share, or in memory where there is one process. */
import { RateLimiterMemory, RateLimiterPostgres } from 'rate-limiter-flexible';
import type { Database } from '../../db/index.ts';

export interface Count {
  /** Of the current window, what was added included. */
  used: number;
  /** Milliseconds until the window ends. */
  msLeft: number;
}

export interface Counters {
  /** Counting in steps of one costs nothing: nobody else is to be asked. */
  isLocal: boolean;
  /** Adds `points`, which may be negative. The first of a window opens it for `seconds`. @throws when the database can't be reached */
  add(key: string, points: number, seconds: number): Promise<Count>;
}

export function createCounters(db: Pick<Database, 'kind' | 'sql'>): Counters {
  // We only count with it: limits differ by key and are compared by whoever asks.
  const common = { points: Number.MAX_SAFE_INTEGER, duration: 60, keyPrefix: '' };
  const isLocal = db.kind === 'pglite';
  const limiter = isLocal
    ? new RateLimiterMemory(common)
    : new RateLimiterPostgres({
        ...common,
        storeClient: asClient(db),
        storeType: 'pool',
        tableName: 'rate_limits',
        tableCreated: true,
      });
  return {
    isLocal,
    async add(key, points, seconds) {
      const { consumedPoints, msBeforeNext } = await limiter.penalty(key, points, {
        customDuration: seconds,
      });
      return { used: consumedPoints, msLeft: msBeforeNext };
    },
  };
}

/** What the library needs of a pool. Its statements run as the system, as all of ours do. */
function asClient({ sql }: Pick<Database, 'sql'>) {
  return {
    async query({ text, values }: { text: string; values?: unknown[] }) {
      const rows = await sql.query(text, values ?? []);
      return { rows, rowCount: rows.length };
    },
  };
}
