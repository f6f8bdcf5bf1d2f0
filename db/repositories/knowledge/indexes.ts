/** Indexes of knowledge bases: which vectors are searched, and which are made beside them by another model. */
import { ulid } from 'ulid';
import type { KnowledgeIndex } from '../../../contracts/knowledge/knowledge-index.ts';
import type { ChainEntry } from '../../../contracts/models/chain.ts';
import { type Sql, textArray } from '../../sql.ts';

export interface IndexesRepository {
  get(id: string): Promise<KnowledgeIndex | undefined>;
  /** Those that a new chunk needs a vector in: the one that is searched, and the one that is built beside it. */
  live(base: string): Promise<KnowledgeIndex[]>;
  /** Those that are searched, of each base that has one. */
  active(bases: readonly string[]): Promise<KnowledgeIndex[]>;
  /** The first one of a base is searched at once. With one that is searched, or a base that is gone, nothing happens. */
  begin(base: string, by: ChainEntry): Promise<void>;
  /** One by this model beside the one that is searched, in place of any other that is being built. Undefined: the base is gone. */
  build(base: string, by: ChainEntry): Promise<KnowledgeIndex | undefined>;
  /** What is searched is by the model that is wanted: nothing has to be built. */
  stopBuilding(base: string): Promise<void>;
  /** From now on it is searched, if every chunk of the base has a vector in it. False: some have none yet. */
  activate(id: string): Promise<boolean>;
  /** Takes vectors of retired indexes away, so many at a time. False: nothing is left of them. */
  removeRetired(base: string, most: number): Promise<boolean>;
}

interface Row extends Omit<KnowledgeIndex, 'dimensions'> {
  dimensions: number | null;
}

const columns = 'i.id, i.base, i.provider, i.model, i.dimensions, i.state';

export function createIndexesRepository(sql: Sql, workspace: string): IndexesRepository {
  const live = async (base: string) => {
    const rows = await sql.query<Row>(
      `select ${columns} from knowledge_indexes i where i.workspace = $1 and i.base = $2 and i.state <> 'retired'
       order by i.state`,
      [workspace, base],
    );
    return rows.map(toIndex);
  };
  const insert = (inside: Sql, base: string, { provider, model }: ChainEntry, state: string) =>
    inside.query<Row>(
      `insert into knowledge_indexes as i (id, workspace, base, provider, model, state, created_at, activated_at)
       select $3, $1, b.id, $4, $5, $6::text, now(), case $6::text when 'active' then now() end
       from knowledge_bases b where b.workspace = $1 and b.id = $2 and b.deleted_at is null
       on conflict (base, state) where state <> 'retired' do nothing returning ${columns}`,
      [workspace, base, ulid(), provider, model, state],
    );

  return {
    live,

    async get(id) {
      const [row] = await sql.query<Row>(
        `select ${columns} from knowledge_indexes i where i.workspace = $1 and i.id = $2`,
        [workspace, id],
      );
      return row && toIndex(row);
    },

    async active(bases) {
      const rows = await sql.query<Row>(
        `select ${columns} from knowledge_indexes i where i.workspace = $1 and i.base = any($2::text[]) and i.state = 'active'`,
        [workspace, textArray(bases)],
      );
      return rows.map(toIndex);
    },

    async begin(base, by) {
      await insert(sql, base, by, 'active');
    },

    build: (base, by) =>
      sql.transaction(async (inside) => {
        await inside.query(
          `update knowledge_indexes set state = 'retired' where workspace = $1 and base = $2 and state = 'building'
             and (provider, model) <> ($3, $4)`,
          [workspace, base, by.provider, by.model],
        );
        await insert(inside, base, by, 'building');
        const [row] = await inside.query<Row>(
          `select ${columns} from knowledge_indexes i where i.workspace = $1 and i.base = $2 and i.state = 'building'`,
          [workspace, base],
        );
        return row && toIndex(row);
      }),

    async stopBuilding(base) {
      await sql.query(
        `update knowledge_indexes set state = 'retired' where workspace = $1 and base = $2 and state = 'building'`,
        [workspace, base],
      );
    },

    activate: (id) =>
      sql.transaction(async (inside) => {
        // Locked, so that two that activate come one after the other. Chunks of versions on their way count too: their ingestion
        // may be past its last look at the indexes.
        const [index] = await inside.query<{ base: string; state: string }>(
          'select base, state from knowledge_indexes where workspace = $1 and id = $2 for update',
          [workspace, id],
        );
        if (index?.state !== 'building') return true;
        const lacking = await inside.query(
          `select 1 as one from knowledge_chunks c where c.workspace = $1 and c.base = $2
             and not exists (select from knowledge_vectors v where v.chunk = c.id and v.index = $3) limit 1`,
          [workspace, index.base, id],
        );
        if (lacking.length > 0) return false;
        await inside.query(
          `update knowledge_indexes set state = 'retired' where workspace = $1 and base = $2 and state = 'active'`,
          [workspace, index.base],
        );
        await inside.query(
          `update knowledge_indexes set state = 'active', activated_at = now() where workspace = $1 and id = $2`,
          [workspace, id],
        );
        return true;
      }),

    async removeRetired(base, most) {
      const removed = await sql.query(
        `delete from knowledge_vectors v using (
           select v.chunk, v.index from knowledge_vectors v join knowledge_indexes i on i.id = v.index
           where i.workspace = $1 and i.base = $2 and i.state = 'retired' limit $3) old
         where v.chunk = old.chunk and v.index = old.index returning 1 as one`,
        [workspace, base, most],
      );
      if (removed.length > 0) return true;
      await sql.query(
        `delete from knowledge_indexes where workspace = $1 and base = $2 and state = 'retired'`,
        [workspace, base],
      );
      return false;
    },
  };
}

function toIndex({ dimensions, ...row }: Row): KnowledgeIndex {
  return { ...row, ...(dimensions !== null && { dimensions }) };
}
