/** API keys: a prefix to recognise one by, and the sha-256 of the whole; the key itself is shown once and never stored. */
import { ulid } from 'ulid';
import type { Scope } from '../../contracts/access/actions.ts';
import type { Role } from '../../contracts/access/roles.ts';
import { type Sql, toMoment, toOptionalMoment } from '../sql.ts';

export interface ApiKeyRecord {
  id: string;
  workspace: string;
  name: string;
  prefix: string;
  /** Whom a personal key acts for, and never beyond their own role; undefined: a service account. */
  user?: string | undefined;
  userName?: string | undefined;
  /** That it has today: a personal key follows its person's. */
  role: Role;
  /** Undefined: all that the role may. */
  scopes?: Scope[] | undefined;
  /** Requests a minute. */
  rateLimit?: number | undefined;
  /** A person or another key; by name while they are here. */
  createdBy?: string | undefined;
  creatorName?: string | undefined;
  createdAt: string;
  expiresAt?: string | undefined;
  lastUsedAt?: string | undefined;
}

export interface NewApiKey {
  /** sha-256 of the key, hex */
  keyHash: string;
  prefix: string;
  name: string;
  user?: string | undefined;
  role: Role;
  scopes?: readonly Scope[] | undefined;
  rateLimit?: number | undefined;
  createdBy?: string | undefined;
  expiresAt?: string | undefined;
}

/** Crosses workspaces: the key says which one a caller is in. */
export interface ApiKeyFinder {
  /**
   * With the role it has today: a personal key follows its person's. Undefined too when it expired, its person left or is
   * disabled, or the workspace is deleted.
   * @param keyHash sha-256 of the key, hex
   */
  find(keyHash: string): Promise<ApiKeyRecord | undefined>;
  /** Makes the key known; a key that is known already stays as it is. */
  ensure(input: NewApiKey & { workspace: string }): Promise<ApiKeyRecord>;
  /** Notes the use, at most once a minute per key, so that a busy key costs no write per request. */
  touch(id: string): Promise<void>;
}

export interface ApiKeysRepository {
  /** Oldest first. @param user only the keys of this person */
  list(user?: string): Promise<ApiKeyRecord[]>;
  create(input: NewApiKey): Promise<ApiKeyRecord>;
  /** With its open invitations. Returns what was taken away; undefined: there is none. @param user only if it is a key of this person */
  remove(id: string, user?: string): Promise<ApiKeyRecord | undefined>;
}

interface Row {
  id: string;
  workspace: string;
  name: string;
  prefix: string;
  user: string | null;
  user_name?: string | null;
  role: Role;
  scopes: Scope[] | null;
  rate_limit: number | null;
  created_by: string | null;
  creator?: string | null;
  created_at: string;
  expires_at: string | null;
  last_used_at: string | null;
}
const columns =
  'id, workspace, name, prefix, "user", role, scopes, rate_limit, created_by, created_at, expires_at, last_used_at';

export function createApiKeyFinder(sql: Sql): ApiKeyFinder {
  const find = async (keyHash: string) => {
    const [row] = await sql.query<Row>(
      `select k.id, k.workspace, k.name, k.prefix, k."user", coalesce(m.role, k.role) as role, k.scopes, k.rate_limit,
         k.created_by, k.created_at, k.expires_at, k.last_used_at
       from api_keys k
       join workspaces w on w.id = k.workspace and w.deleted_at is null
       left join users u on u.id = k."user" and u.disabled_at is null
       left join memberships m on m."user" = u.id and m.workspace = k.workspace
       where k.key_hash = $1 and (k.expires_at is null or k.expires_at > now())
         and (k."user" is null or m.role is not null)`,
      [keyHash],
    );
    return row && toRecord(row);
  };
  return {
    find,
    async ensure({ workspace, ...key }) {
      await insert(sql, workspace, key);
      const found = await find(key.keyHash);
      if (!found) throw new Error('An API key vanished while it was created.');
      return found;
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
    async list(user) {
      const rows = await sql.query<Row>(
        `select k.id, k.workspace, k.name, k.prefix, k."user", u.name as user_name, coalesce(m.role, k.role) as role, k.scopes,
           k.rate_limit, k.created_by, k.created_at, k.expires_at, k.last_used_at, coalesce(
             (select u.name from users u join memberships m on m."user" = u.id
              where u.id = k.created_by and m.workspace = k.workspace),
             (select a.name from api_keys a where a.id = k.created_by and a.workspace = k.workspace)) as creator
         from api_keys k
         left join users u on u.id = k."user"
         left join memberships m on m."user" = k."user" and m.workspace = k.workspace
         where k.workspace = $1 and ($2::text is null or k."user" = $2) order by k.id`,
        [workspace, user ?? null],
      );
      return rows.map(toRecord);
    },
    async create(input) {
      const row = await insert(sql, workspace, input);
      if (!row) throw new Error('This API key exists already.');
      return toRecord(row);
    },
    remove: (id, user) =>
      sql.transaction(async (inside) => {
        const [row] = await inside.query<Row>(
          `delete from api_keys where workspace = $1 and id = $2 and ($3::text is null or "user" = $3) returning ${columns}`,
          [workspace, id, user ?? null],
        );
        // Or whoever had the key comes back by a link they made with it.
        if (row)
          await inside.query(
            'delete from invitations where workspace = $1 and created_by = $2 and used_at is null',
            [workspace, id],
          );
        return row && toRecord(row);
      }),
  };
}

async function insert(sql: Sql, workspace: string, key: NewApiKey): Promise<Row | undefined> {
  const [row] = await sql.query<Row>(
    `insert into api_keys (id, workspace, name, prefix, key_hash, "user", role, scopes, rate_limit, created_by, expires_at, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8::text::jsonb, $9, $10, $11, now())
     on conflict (key_hash) do nothing returning ${columns}`,
    [
      ulid(),
      workspace,
      key.name,
      key.prefix,
      key.keyHash,
      key.user ?? null,
      key.role,
      key.scopes ? JSON.stringify(key.scopes) : null,
      key.rateLimit ?? null,
      key.createdBy ?? null,
      key.expiresAt ?? null,
    ],
  );
  return row;
}

function toRecord(row: Row): ApiKeyRecord {
  return {
    id: row.id,
    workspace: row.workspace,
    name: row.name,
    prefix: row.prefix,
    user: row.user ?? undefined,
    userName: row.user_name ?? undefined,
    role: row.role,
    scopes: row.scopes ?? undefined,
    rateLimit: row.rate_limit ?? undefined,
    createdBy: row.created_by ?? undefined,
    creatorName: row.creator ?? undefined,
    createdAt: toMoment(row.created_at),
    expiresAt: toOptionalMoment(row.expires_at),
    lastUsedAt: toOptionalMoment(row.last_used_at),
  };
}
