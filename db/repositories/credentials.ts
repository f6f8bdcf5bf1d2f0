/**
 * Credentials of one workspace. What is secret in them is one sealed JSON per row, opened only by `open`; everything else here can
 * be shown.
 *
 * Every write that depends on what was read is conditional on the revision, so an edit, a token refresh and a key rotation that
 * come at once lose nothing of each other.
 */
import { ulid } from 'ulid';
import type { JsonObject } from '../../contracts/json.ts';
import { type Sql, toMoment, toOptionalMoment } from '../sql.ts';
import type { Seals } from '../vault/index.ts';
import { type CredentialTokens, createCredentialTokens } from './credential-tokens.ts';
import { createGrantsRepository } from './grants.ts';
import type {
  NewCredential,
  OAuthTokens,
  OpenedCredential,
  SaveCredentialResult,
  StoredCredential,
} from './stored-credential.ts';

export type {
  NewCredential,
  OAuthTokens,
  OpenedCredential,
  SaveCredentialResult,
  StoredCredential,
} from './stored-credential.ts';

export interface CredentialsRepository {
  /** All of the workspace, by name. */
  list(): Promise<StoredCredential[]>;
  get(id: string): Promise<StoredCredential | undefined>;
  /** @throws VaultError */
  open(id: string): Promise<OpenedCredential | undefined>;
  create(input: NewCredential): Promise<SaveCredentialResult>;
  /** Replaces all of it, when it still has `revision`. */
  save(credential: Omit<OpenedCredential, 'type'>): Promise<SaveCredentialResult>;
  /** Returns what was taken away, its grants with it. */
  remove(id: string): Promise<StoredCredential | undefined>;
  /** Published automations that name it in a node. */
  usedBy(id: string): Promise<{ id: string; name: string }[]>;
  /** Notes the use, at most once a minute, so that a busy automation costs no write per request. */
  touch(id: string): Promise<void>;
  noteTest(id: string, passed: boolean): Promise<void>;
  /** The tokens of an OAuth2 credential, for `freshToken` of outbound/oauth2. */
  tokens(id: string): CredentialTokens;
}

/** The column `fields`: what may be shown. */
interface Shown {
  fields: JsonObject;
  filled: string[];
  connected: boolean;
  /** Epoch milliseconds until which somebody refreshes the tokens. */
  refreshing?: number;
}

interface Row {
  id: string;
  name: string;
  type: string;
  fields: Shown;
  sealed: string;
  revision: number;
  created_at: string;
  updated_at: string;
  last_used_at: string | null;
  tested_at: string | null;
  test_passed: boolean | null;
}

const columns =
  'id, name, type, fields, revision, created_at, updated_at, last_used_at, tested_at, test_passed';
const purpose = 'credential';
const uniqueViolation = '23505';

export function createCredentialsRepository(
  sql: Sql,
  workspace: string,
  seals: Seals,
): CredentialsRepository {
  const seal = ({ id, secrets, tokens }: Pick<OpenedCredential, 'id' | 'secrets' | 'tokens'>) =>
    seals.seal(JSON.stringify({ secrets, tokens }), { purpose, id });

  const repository: CredentialsRepository = {
    tokens: (id) => createCredentialTokens(sql, workspace, repository, id),

    async list() {
      const rows = await sql.query<Row>(
        `select ${columns} from credentials where workspace = $1 order by lower(name), id`,
        [workspace],
      );
      return rows.map(toStored);
    },

    async get(id) {
      const [row] = await sql.query<Row>(
        `select ${columns} from credentials where workspace = $1 and id = $2`,
        [workspace, id],
      );
      return row && toStored(row);
    },

    async open(id) {
      const [row] = await sql.query<Row>(
        `select ${columns}, sealed from credentials where workspace = $1 and id = $2`,
        [workspace, id],
      );
      if (!row) return undefined;
      const { secrets, tokens } = JSON.parse(await seals.open(row.sealed, { purpose, id }));
      const { name, type, revision } = row;
      return { id, name, type, fields: row.fields.fields, secrets, tokens, revision };
    },

    async create({ name, type, fields, secrets, createdBy }) {
      const id = ulid();
      const sealed = await seal({ id, secrets });
      return sql.transaction(async (inside) => {
        const [row] = await inside.query<Row>(
          `insert into credentials (id, workspace, name, type, fields, sealed, revision, created_by, created_at, updated_at)
           values ($1, $2, $3, $4, $5::text::jsonb, $6, 1, $7, now(), now())
           on conflict (workspace, name) do nothing returning ${columns}`,
          [id, workspace, name, type, JSON.stringify(shown(fields, secrets)), sealed, createdBy ?? null],
        );
        if (!row) return { kind: 'name-taken' };
        if (createdBy !== undefined)
          await createGrantsRepository(inside, workspace).put({
            resource: { type: 'credential', id },
            grantee: { type: 'user', id: createdBy },
            level: 'manage',
            createdBy,
          });
        return { kind: 'saved', credential: toStored(row) };
      });
    },

    async save({ id, name, fields, secrets, tokens, revision }) {
      const sealed = await seal({ id, secrets, tokens });
      const change = JSON.stringify(shown(fields, secrets, tokens));
      try {
        const [row] = await sql.query<Row>(
          `update credentials set name = $3, fields = fields || $4::text::jsonb, sealed = $5, revision = revision + 1, updated_at = now()
           where workspace = $1 and id = $2 and revision = $6 returning ${columns}`,
          [workspace, id, name, change, sealed, revision],
        );
        return row ? { kind: 'saved', credential: toStored(row) } : { kind: 'changed-meanwhile' };
      } catch (error) {
        if ((error as { code?: unknown }).code === uniqueViolation) return { kind: 'name-taken' };
        throw error;
      }
    },

    remove: (id) =>
      sql.transaction(async (inside) => {
        const [row] = await inside.query<Row>(
          `delete from credentials where workspace = $1 and id = $2 returning ${columns}`,
          [workspace, id],
        );
        if (row) await createGrantsRepository(inside, workspace).removeAll({ type: 'credential', id });
        return row && toStored(row);
      }),

    usedBy: (id) =>
      sql.query<{ id: string; name: string }>(
        `select a.id, a.name from automations a join versions v on v.id = a.published_version
         where a.workspace = $1 and a.deleted_at is null
           and jsonb_path_exists(v.graph, '$.nodes[*].parameters.* ? (@ == $id)', jsonb_build_object('id', $2::text))
         order by a.name`,
        [workspace, id],
      ),

    async touch(id) {
      await sql.query(
        `update credentials set last_used_at = now() where workspace = $1 and id = $2
           and (last_used_at is null or last_used_at < now() - interval '1 minute')`,
        [workspace, id],
      );
    },

    async noteTest(id, passed) {
      await sql.query(
        'update credentials set tested_at = now(), test_passed = $3 where workspace = $1 and id = $2',
        [workspace, id, passed],
      );
    },
  };
  return repository;
}

function shown(fields: JsonObject, secrets: JsonObject, tokens?: OAuthTokens): Shown {
  const filled = Object.entries(secrets).flatMap(([name, value]) => (value === '' ? [] : [name]));
  return { fields, filled, connected: tokens !== undefined };
}

function toStored(row: Row): StoredCredential {
  const { fields, filled, connected } = row.fields;
  return {
    ...{ id: row.id, name: row.name, type: row.type, fields, secrets: filled, connected },
    revision: row.revision,
    createdAt: toMoment(row.created_at),
    updatedAt: toMoment(row.updated_at),
    lastUsedAt: toOptionalMoment(row.last_used_at),
    tested:
      row.tested_at === null ? undefined : { at: toMoment(row.tested_at), passed: row.test_passed === true },
  };
}
