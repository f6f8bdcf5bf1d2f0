/** Chains of models of one workspace. At most one is the default. */
import { ulid } from 'ulid';
import type { ChainEntry } from '../../../contracts/models/chain.ts';
import { sandboxId } from '../../../contracts/models/provider.ts';
import { type Sql, toMoment } from '../../sql.ts';
import { chainsInTurn } from './chains-in-turn.ts';

export interface StoredChain {
  id: string;
  name: string;
  entries: ChainEntry[];
  isDefault: boolean;
  createdAt: string;
  updatedAt: string;
}

/** Positions of the entries whose provider is none of this workspace. */
export interface UnknownProviders {
  unknown: number[];
}

export interface ModelChainsRepository {
  /** The default first, then by name. */
  list(): Promise<StoredChain[]>;
  get(id: string): Promise<StoredChain | undefined>;
  create(
    input: Pick<StoredChain, 'name' | 'entries' | 'isDefault'>,
  ): Promise<StoredChain | 'name-taken' | UnknownProviders>;
  update(
    id: string,
    change: Partial<Pick<StoredChain, 'name' | 'entries' | 'isDefault'>>,
  ): Promise<StoredChain | 'name-taken' | UnknownProviders | undefined>;
  remove(id: string): Promise<StoredChain | undefined>;
}

interface Row {
  id: string;
  name: string;
  entries: ChainEntry[];
  is_default: boolean;
  created_at: string;
  updated_at: string;
}

const columns = 'id, name, entries, is_default, created_at, updated_at';

export function createModelChainsRepository(sql: Sql, workspace: string): ModelChainsRepository {
  /** The index allows one default. In turn. */
  async function makeRoom(inside: Sql, isDefault: boolean | undefined): Promise<void> {
    if (isDefault)
      await inside.query('update model_chains set is_default = false where workspace = $1 and is_default', [
        workspace,
      ]);
  }

  /** In turn with who removes one. Undefined: all are there. */
  async function unknownOf(
    inside: Sql,
    entries: readonly ChainEntry[],
  ): Promise<UnknownProviders | undefined> {
    const rows = await inside.query<{ id: string }>('select id from model_providers where workspace = $1', [
      workspace,
    ]);
    const known = new Set([sandboxId, ...rows.map(({ id }) => id)]);
    const unknown = entries.flatMap(({ provider }, position) => (known.has(provider) ? [] : [position]));
    return unknown.length > 0 ? { unknown } : undefined;
  }

  async function isTaken(inside: Sql, name: string | undefined, id = ''): Promise<boolean> {
    const found = await inside.query(
      'select 1 from model_chains where workspace = $1 and name = $2 and id <> $3',
      [workspace, name ?? null, id],
    );
    return found.length > 0;
  }

  return {
    async list() {
      const rows = await sql.query<Row>(
        `select ${columns} from model_chains where workspace = $1 order by is_default desc, lower(name), id`,
        [workspace],
      );
      return rows.map(toChain);
    },

    async get(id) {
      const [row] = await sql.query<Row>(
        `select ${columns} from model_chains where workspace = $1 and id = $2`,
        [workspace, id],
      );
      return row && toChain(row);
    },

    create: ({ name, entries, isDefault }) =>
      sql.transaction(async (inside) => {
        if (await isTaken(inside, name)) return 'name-taken';
        await chainsInTurn(inside, workspace);
        const unknown = await unknownOf(inside, entries);
        if (unknown) return unknown;
        await makeRoom(inside, isDefault);
        const [row] = await inside.query<Row>(
          `insert into model_chains (id, workspace, name, entries, is_default, created_at, updated_at)
           values ($1, $2, $3, $4::text::jsonb, $5, now(), now())
           on conflict (workspace, name) do nothing returning ${columns}`,
          [ulid(), workspace, name, JSON.stringify(entries), isDefault],
        );
        return row ? toChain(row) : 'name-taken';
      }),

    update: (id, { name, entries, isDefault }) =>
      sql.transaction(async (inside) => {
        if (await isTaken(inside, name, id)) return 'name-taken';
        await chainsInTurn(inside, workspace);
        const unknown = entries && (await unknownOf(inside, entries));
        if (unknown) return unknown;
        await makeRoom(inside, isDefault);
        const [row] = await inside.query<Row>(
          `update model_chains set name = coalesce($3, name), entries = coalesce($4::text::jsonb, entries),
             is_default = coalesce($5::boolean, is_default), updated_at = now()
           where workspace = $1 and id = $2 returning ${columns}`,
          [workspace, id, name ?? null, entries ? JSON.stringify(entries) : null, isDefault ?? null],
        );
        return row && toChain(row);
      }),

    async remove(id) {
      const [row] = await sql.query<Row>(
        `delete from model_chains where workspace = $1 and id = $2 returning ${columns}`,
        [workspace, id],
      );
      return row && toChain(row);
    },
  };
}

function toChain({ is_default, created_at, updated_at, ...row }: Row): StoredChain {
  return {
    ...row,
    isDefault: is_default,
    createdAt: toMoment(created_at),
    updatedAt: toMoment(updated_at),
  };
}
