/** API keys: a prefix to recognise one by, and the sha-256 of the whole; the key itself is shown once and never stored. */
import { ulid } from 'ulid';
import { type Sql, toMoment, toOptionalMoment } from '../sql.ts';

export interface ApiKeyRecord {
  id: string;
  workspace: string;
  name: string;
  prefix: string;
  createdAt: string;
  lastUsedAt?: string | undefined;
}

/** Crosses workspaces: the key says which one a caller is in. */
export interface ApiKeyFinder {
  /** @param keyHash sha-256 of the key, hex */
  find(keyHash: string): Promise<ApiKeyRecord | undefined>;
  /** Makes the key known; a key that is known already stays as it is. */
  ensure(input: { keyHash: string; prefix: string; name: string; workspace: string }): Promise<ApiKeyRecord>;
  /** Notes the use, at most once a minute per key, so that a busy key costs no write per request. */
  touch(id: string): Promise<void>;
}

export interface ApiKeysRepository {
  list(): Promise<ApiKeyRecord[]>;
  create(input: { keyHash: string; prefix: string; name: string }): Promise<ApiKeyRecord>;
  /** False: there is none. */
  remove(id: string): Promise<boolean>;
}

interface Row {
  id: string;
  workspace: string;
  name: string;
  prefix: string;
  created_at: string;
  last_used_at: string | null;
}
const columns = 'id, workspace, name, prefix, created_at, last_used_at';

export function createApiKeyFinder(sql: Sql): ApiKeyFinder {
  const find = async (keyHash: string) => {
    const [row] = await sql.query<Row>(`select ${columns} from api_keys where key_hash = $1`, [keyHash]);
    return row && toRecord(row);
  };
  return {
    find,
    async ensure({ keyHash, prefix, name, workspace }) {
      await insert(sql, workspace, { keyHash, prefix, name });
      const key = await find(keyHash);
      if (!key) throw new Error('An API key vanished while it was created.');
      return key;
    },
    async touch(id) {
      await sql.query(
        `update api_keys set last_used_at = now()
         where id = $1 and (last_used_at is null or last_used_at < now() - interval '1 minute')`,
        [id],
      );
    },
  };
}

export function createApiKeysRepository(sql: Sql, workspace: string): ApiKeysRepository {
  return {
    async list() {
      const rows = await sql.query<Row>(`select ${columns} from api_keys where workspace = $1 order by id`, [
        workspace,
      ]);
      return rows.map(toRecord);
    },
    async create(input) {
      await insert(sql, workspace, input);
      const [row] = await sql.query<Row>(
        `select ${columns} from api_keys where key_hash = $1 and workspace = $2`,
        [input.keyHash, workspace],
      );
      if (!row) throw new Error('This API key exists in another workspace.');
      return toRecord(row);
    },
    async remove(id) {
      const removed = await sql.query('delete from api_keys where workspace = $1 and id = $2 returning id', [
        workspace,
        id,
      ]);
      return removed.length > 0;
    },
  };
}

async function insert(sql: Sql, workspace: string, key: { keyHash: string; prefix: string; name: string }) {
  await sql.query(
    `insert into api_keys (id, workspace, name, prefix, key_hash, created_at) values ($1, $2, $3, $4, $5, now())
     on conflict (key_hash) do nothing`,
    [ulid(), workspace, key.name, key.prefix, key.keyHash],
  );
}

function toRecord(row: Row): ApiKeyRecord {
  const lastUsedAt = toOptionalMoment(row.last_used_at);
  return {
    id: row.id,
    workspace: row.workspace,
    name: row.name,
    prefix: row.prefix,
    createdAt: toMoment(row.created_at),
    ...(lastUsedAt ? { lastUsedAt } : {}),
  };
}
