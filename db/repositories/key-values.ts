/** What automations of a workspace remember by a key. Expired keys are as if they were not there. */
import type { JsonValue } from '../../contracts/json.ts';
import { tableLimits } from '../../contracts/tables.ts';
import { type Sql, toMoment, toOptionalMoment } from '../sql.ts';
import { onceByStep } from './step-results.ts';
import { StoreRefusal } from './store-refusal.ts';

export interface StoredKeyValue {
  key: string;
  value: JsonValue;
  expiresAt?: string | undefined;
  updatedAt: string;
}

/** Writes take the key of the step that asks: when it asks twice, it is done once. Left out by people. */
export interface KeyValuesRepository {
  get(key: string): Promise<StoredKeyValue | undefined>;
  /** By key, after `after`. */
  list(query: { prefix?: string; after?: string | undefined; limit: number }): Promise<StoredKeyValue[]>;
  /** @param ttlSeconds 0 keeps it for good. @throws StoreRefusal `value-too-large`, `keys-full` */
  set(input: { key: string; value: JsonValue; ttlSeconds: number; step?: string | undefined }): Promise<void>;
  /** @returns whether it was there */
  remove(key: string, step?: string): Promise<boolean>;
  /**
   * Adds to a number; a key that is not there counts as 0. An expiry that was set stays.
   * @throws StoreRefusal `not-a-number`, `keys-full`
   */
  increment(input: {
    key: string;
    by: number;
    ttlSeconds: number;
    step?: string | undefined;
  }): Promise<number>;
}

interface Row {
  key: string;
  value: JsonValue;
  expires_at: string | null;
  updated_at: string;
}

const alive = '(expires_at is null or expires_at > now())';
const columns = 'key, value, expires_at, updated_at';

export function createKeyValuesRepository(sql: Sql, workspace: string): KeyValuesRepository {
  async function refuseFull(inside: Sql, key: string): Promise<void> {
    const [known] = await inside.query('select 1 from key_values where workspace = $1 and key = $2', [
      workspace,
      key,
    ]);
    if (known) return;
    const [row] = await inside.query<{ count: number }>(
      'select count(*)::int as count from key_values where workspace = $1',
      [workspace],
    );
    if (row && row.count >= tableLimits.keys) throw new StoreRefusal('keys-full', { most: tableLimits.keys });
  }

  return {
    async get(key) {
      const [row] = await sql.query<Row>(
        `select ${columns} from key_values where workspace = $1 and key = $2 and ${alive}`,
        [workspace, key],
      );
      return row && toKeyValue(row);
    },

    async list({ prefix = '', after = '', limit }) {
      const rows = await sql.query<Row>(
        `select ${columns} from key_values
         where workspace = $1 and starts_with(key, $2) and key collate "C" > $3 and ${alive}
         order by key collate "C" limit $4`,
        [workspace, prefix, after, limit],
      );
      return rows.map(toKeyValue);
    },

    async set({ key, value, ttlSeconds, step }) {
      const json = JSON.stringify(value);
      const bytes = Buffer.byteLength(json);
      if (bytes > tableLimits.keyBytes)
        throw new StoreRefusal('value-too-large', { bytes, most: tableLimits.keyBytes });
      await onceByStep(sql, workspace, step, async (inside) => {
        await refuseFull(inside, key);
        await inside.query(
          `insert into key_values (workspace, key, value, expires_at, updated_at)
           values ($1, $2, $3::text::jsonb, case when $4::float8 > 0 then now() + $4::float8 * interval '1 second' end, now())
           on conflict (workspace, key) do update
             set value = excluded.value, expires_at = excluded.expires_at, updated_at = excluded.updated_at`,
          [workspace, key, json, ttlSeconds],
        );
        return true;
      });
    },

    remove: (key, step) =>
      onceByStep(sql, workspace, step, async (inside) => {
        const [row] = await inside.query<{ alive: boolean }>(
          `delete from key_values where workspace = $1 and key = $2 returning ${alive} as alive`,
          [workspace, key],
        );
        return row?.alive === true;
      }),

    increment: ({ key, by, ttlSeconds, step }) =>
      onceByStep(sql, workspace, step, async (inside) => {
        await refuseFull(inside, key);
        // Whoever comes at the same time waits here for the row; what has expired begins anew.
        const [row] = await inside.query<{ value: JsonValue }>(
          `insert into key_values as k (workspace, key, value, expires_at, updated_at)
           values ($1, $2, to_jsonb($3::float8), case when $4::float8 > 0 then now() + $4::float8 * interval '1 second' end, now())
           on conflict (workspace, key) do update set
             value = case when k.expires_at <= now() then excluded.value
                          when jsonb_typeof(k.value) = 'number' then to_jsonb((k.value #>> '{}')::float8 + $3::float8)
                          else 'null'::jsonb end,
             expires_at = case when k.expires_at <= now() then excluded.expires_at else k.expires_at end,
             updated_at = now()
           returning value`,
          [workspace, key, by, ttlSeconds],
        );
        if (typeof row?.value !== 'number') throw new StoreRefusal('not-a-number', { key });
        return row.value;
      }),
  };
}

function toKeyValue({ key, value, expires_at, updated_at }: Row): StoredKeyValue {
  const expiresAt = toOptionalMoment(expires_at);
  return { key, value, updatedAt: toMoment(updated_at), ...(expiresAt && { expiresAt }) };
}
