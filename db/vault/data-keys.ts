/** Where wrapped data keys are kept: those of a workspace in `data_keys`, those of the instance among its settings. */
import type { Sql } from '../sql.ts';

export interface WrappedKey {
  version: number;
  /** Sealed by the master key. */
  wrapped: string;
  /** Fingerprint of that master key. */
  masterKey: string;
}

export interface DataKeyStore {
  /** Oldest first. */
  list(): Promise<WrappedKey[]>;
  /** False: somebody else made this version first. */
  add(key: WrappedKey): Promise<boolean>;
}

interface Row {
  version: number;
  wrapped: string;
  master_key: string;
}

export function workspaceKeyStore(sql: Sql, workspace: string): DataKeyStore {
  return {
    async list() {
      const rows = await sql.query<Row>(
        'select version, wrapped, master_key from data_keys where workspace = $1 order by version',
        [workspace],
      );
      return rows.map(toKey);
    },
    async add({ version, wrapped, masterKey }) {
      const added = await sql.query(
        `insert into data_keys (workspace, version, wrapped, master_key, created_at) values ($1, $2, $3, $4, now())
         on conflict do nothing returning version`,
        [workspace, version, wrapped, masterKey],
      );
      return added.length > 0;
    },
  };
}

/** One setting per version, so that adding one never overwrites another. */
export const instanceKeyPrefix = 'instance-key:';

export function instanceKeyStore(system: Sql): DataKeyStore {
  return {
    async list() {
      const rows = await system.query<Row>(
        `select split_part(key, ':', 2)::int as version, value->>'wrapped' as wrapped, value->>'masterKey' as master_key
         from settings where key like $1 order by 1`,
        [`${instanceKeyPrefix}%`],
      );
      return rows.map(toKey);
    },
    async add({ version, wrapped, masterKey }) {
      const added = await system.query(
        `insert into settings (key, value, updated_at) values ($1, $2::text::jsonb, now()) on conflict do nothing returning key`,
        [`${instanceKeyPrefix}${version}`, JSON.stringify({ wrapped, masterKey })],
      );
      return added.length > 0;
    },
  };
}

function toKey({ version, wrapped, master_key }: Row): WrappedKey {
  return { version, wrapped, masterKey: master_key };
}
