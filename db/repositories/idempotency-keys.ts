/** `Idempotency-Key` on POST: the first request does the work, every repetition gets its answer. */
import type { JsonValue } from '../../contracts/json.ts';
import type { Sql } from '../sql.ts';

export interface KeptAnswer {
  status: number;
  body: JsonValue;
}

export type BeginResult =
  /** The caller does the work, then calls `finish` (or `abandon`, when nothing happened). */
  | { kind: 'begun' }
  | { kind: 'finished'; answer: KeptAnswer }
  /** The first request is still at it. */
  | { kind: 'in-progress' }
  /** The key was used with another request. */
  | { kind: 'conflict' };

/** Across all workspaces. */
export interface IdempotencyKeyCleaner {
  /** Deletes keys older than 24 hours, in batches; returns how many. Whoever dies half-way leaves the rest to the next. */
  removeOld(): Promise<number>;
}

/** Rows deleted at a time: a batch takes well under a second. */
const keysPerBatch = 1_000;

export interface IdempotencyKeysRepository {
  /** @param requestHash of method, path and body. An unfinished key is free again after a minute: its owner died. */
  begin(key: string, requestHash: string): Promise<BeginResult>;
  finish(key: string, answer: KeptAnswer): Promise<void>;
  abandon(key: string): Promise<void>;
}

export function createIdempotencyKeyCleaner(sql: Sql): IdempotencyKeyCleaner {
  return {
    async removeOld() {
      for (let removed = 0; ; ) {
        // Old in the outer statement, too: a key that was just begun anew is a young one.
        const gone = await sql.query(
          `delete from idempotency_keys where ${isOld} and (workspace, key) in
             (select workspace, key from idempotency_keys where ${isOld} limit ${keysPerBatch})
           returning key`,
        );
        removed += gone.length;
        if (gone.length === 0) return removed;
      }
    },
  };
}

const isOld = `created_at < now() - interval '24 hours'`;

export function createIdempotencyKeysRepository(sql: Sql, workspace: string): IdempotencyKeysRepository {
  return {
    async begin(key, requestHash) {
      const begun = await sql.query(
        `insert into idempotency_keys (workspace, key, request_hash, created_at) values ($1, $2, $3, now())
         on conflict (workspace, key) do update set created_at = excluded.created_at
         where idempotency_keys.status is null and idempotency_keys.request_hash = excluded.request_hash
           and idempotency_keys.created_at < now() - interval '1 minute'
         returning key`,
        [workspace, key, requestHash],
      );
      if (begun.length > 0) return { kind: 'begun' };
      const [row] = await sql.query<{ request_hash: string; status: number | null; body: JsonValue }>(
        'select request_hash, status, body from idempotency_keys where workspace = $1 and key = $2',
        [workspace, key],
      );
      // Gone between the two statements: abandoned just now. The caller may try again.
      if (!row) return { kind: 'in-progress' };
      if (row.request_hash !== requestHash) return { kind: 'conflict' };
      if (row.status === null) return { kind: 'in-progress' };
      return { kind: 'finished', answer: { status: row.status, body: row.body } };
    },

    async finish(key, { status, body }) {
      await sql.query(
        'update idempotency_keys set status = $3, body = $4::text::jsonb where workspace = $1 and key = $2',
        [workspace, key, status, JSON.stringify(body)],
      );
    },

    async abandon(key) {
      await sql.query('delete from idempotency_keys where workspace = $1 and key = $2 and status is null', [
        workspace,
        key,
      ]);
    },
  };
}
