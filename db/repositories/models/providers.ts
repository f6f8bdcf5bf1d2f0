/** Providers of models of one workspace. The built-in sandbox is none of them: it needs no row. */
import { ulid } from 'ulid';
import type { ProviderKind, ProviderSettings } from '../../../contracts/models/provider.ts';
import { type Sql, toMoment, toOptionalMoment } from '../../sql.ts';
import { chainsInTurn } from './chains-in-turn.ts';

export interface StoredProvider {
  id: string;
  name: string;
  kind: ProviderKind;
  /** Id of the credential with its address and key. */
  credential: string;
  settings: ProviderSettings;
  enabled: boolean;
  createdAt: string;
  updatedAt: string;
  tested?: { at: string; passed: boolean } | undefined;
}

export type ProviderChange = Partial<Pick<StoredProvider, 'name' | 'credential' | 'settings' | 'enabled'>>;

export interface ModelProvidersRepository {
  /** By name. */
  list(): Promise<StoredProvider[]>;
  get(id: string): Promise<StoredProvider | undefined>;
  /** @returns undefined when the name is taken */
  create(
    input: Pick<StoredProvider, 'name' | 'kind' | 'credential' | 'settings'>,
  ): Promise<StoredProvider | undefined>;
  /** What is changed may work again: its models rest no longer. */
  update(id: string, change: ProviderChange): Promise<StoredProvider | 'name-taken' | undefined>;
  /** @returns the names of the chains that name it, and leaves it, when there are any */
  remove(id: string): Promise<StoredProvider | { usedBy: string[] } | undefined>;
  noteTest(id: string, passed: boolean): Promise<void>;
}

interface Row {
  id: string;
  name: string;
  kind: ProviderKind;
  credential: string;
  settings: ProviderSettings;
  enabled: boolean;
  created_at: string;
  updated_at: string;
  tested_at: string | null;
  test_passed: boolean | null;
}

const columns =
  'id, name, kind, credential, settings, enabled, created_at, updated_at, tested_at, test_passed';

export function createModelProvidersRepository(sql: Sql, workspace: string): ModelProvidersRepository {
  return {
    async list() {
      const rows = await sql.query<Row>(
        `select ${columns} from model_providers where workspace = $1 order by lower(name), id`,
        [workspace],
      );
      return rows.map(toProvider);
    },

    async get(id) {
      const [row] = await sql.query<Row>(
        `select ${columns} from model_providers where workspace = $1 and id = $2`,
        [workspace, id],
      );
      return row && toProvider(row);
    },

    async create({ name, kind, credential, settings }) {
      const [row] = await sql.query<Row>(
        `insert into model_providers (id, workspace, name, kind, credential, settings, enabled, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6::text::jsonb, true, now(), now())
         on conflict (workspace, name) do nothing returning ${columns}`,
        [ulid(), workspace, name, kind, credential, JSON.stringify(settings)],
      );
      return row && toProvider(row);
    },

    update: (id, { name, credential, settings, enabled }) =>
      sql.transaction(async (inside) => {
        const [taken] = await inside.query(
          'select 1 from model_providers where workspace = $1 and name = $2 and id <> $3',
          [workspace, name ?? null, id],
        );
        if (taken) return 'name-taken';
        const [row] = await inside.query<Row>(
          `update model_providers set name = coalesce($3, name), credential = coalesce($4, credential),
             settings = coalesce($5::text::jsonb, settings), enabled = coalesce($6::boolean, enabled), updated_at = now()
           where workspace = $1 and id = $2 returning ${columns}`,
          [
            ...[workspace, id, name ?? null, credential ?? null],
            ...[settings ? JSON.stringify(settings) : null, enabled ?? null],
          ],
        );
        await inside.query('delete from model_health where workspace = $1 and provider = $2', [
          workspace,
          id,
        ]);
        return row && toProvider(row);
      }),

    remove: (id) =>
      sql.transaction(async (inside) => {
        await chainsInTurn(inside, workspace);
        const chains = await inside.query<{ name: string }>(
          `select name from model_chains where workspace = $1
             and exists (select 1 from jsonb_array_elements(entries) entry where entry->>'provider' = $2) order by lower(name), id`,
          [workspace, id],
        );
        if (chains.length > 0) return { usedBy: chains.map(({ name }) => name) };
        const [row] = await inside.query<Row>(
          `delete from model_providers where workspace = $1 and id = $2 returning ${columns}`,
          [workspace, id],
        );
        for (const table of ['model_health', 'model_prices'])
          await inside.query(`delete from ${table} where workspace = $1 and provider = $2`, [workspace, id]);
        return row && toProvider(row);
      }),

    async noteTest(id, passed) {
      await sql.query(
        'update model_providers set tested_at = now(), test_passed = $3 where workspace = $1 and id = $2',
        [workspace, id, passed],
      );
    },
  };
}

export function toProvider(row: Row): StoredProvider {
  const { id, name, kind, credential, settings, enabled } = row;
  const at = toOptionalMoment(row.tested_at);
  return {
    ...{ id, name, kind, credential, settings, enabled },
    createdAt: toMoment(row.created_at),
    updatedAt: toMoment(row.updated_at),
    ...(at !== undefined && { tested: { at, passed: row.test_passed === true } }),
  };
}
