/** Vectors of chunks, and those of texts that were paid for before. */
import type { KnowledgeIndex } from '../../../contracts/knowledge/knowledge-index.ts';
import { type Sql, textArray } from '../../sql.ts';

/** What a vector is made of. */
export interface ChunkToEmbed {
  id: string;
  position: number;
  text: string;
  headings: string[];
}

export interface VectorsRepository {
  /** Chunks of a version without a vector in the index, in order, from a position to before another. */
  missingOf(
    index: string,
    of: { document: string; version: string; from: number; to: number },
  ): Promise<ChunkToEmbed[]>;
  /** Chunks of a base without a vector in the index, of whichever document and version. */
  missing(index: KnowledgeIndex, limit: number): Promise<ChunkToEmbed[]>;
  /** How many chunks a version has. */
  size(of: { document: string; version: string }): Promise<number>;
  /** Chunks of a version with a vector in every live index of the base, and the position of the first without. */
  progress(of: { base: string; document: string; version: string }): Promise<{
    done: number;
    next: number | null;
  }>;
  /**
   * Writes vectors of chunks that are there still; a chunk that has one keeps it. False: the index has vectors of another length, or
   * is gone.
   */
  add(index: string, vectors: readonly { chunk: string; vector: string }[]): Promise<boolean>;
  /** By hash of the text. */
  cached(model: string, hashes: readonly string[]): Promise<Map<string, string>>;
  cache(model: string, vectors: readonly { hash: string; vector: string }[]): Promise<void>;
}

/** Across all workspaces. */
export interface EmbeddingCacheCleaner {
  removeOld(): Promise<void>;
}

export function createVectorsRepository(sql: Sql, workspace: string): VectorsRepository {
  async function insert(
    index: string,
    dimensions: number,
    vectors: readonly { chunk: string; vector: string }[],
  ): Promise<boolean> {
    const [kept] = await sql.query(
      `with kept as (
         select id from knowledge_indexes where workspace = $1 and id = $2 and dimensions = $3
       ), written as (
         insert into knowledge_vectors (chunk, index, workspace, document, version, dimensions, embedding)
         select c.id, kept.id, $1, c.document, c.version, $3, n.vector::halfvec
         from kept, unnest($4::text[], $5::text[]) as n(chunk, vector)
           join knowledge_chunks c on c.workspace = $1 and c.id = n.chunk
         on conflict (chunk, index) do nothing
       )
       select 1 as one from kept`,
      [
        ...[workspace, index, dimensions],
        ...[textArray(vectors.map(({ chunk }) => chunk)), textArray(vectors.map(({ vector }) => vector))],
      ],
    );
    return kept !== undefined;
  }

  return {
    missingOf: (index, { document, version, from, to }) =>
      sql.query<ChunkToEmbed>(
        `select c.id, c.position, c.text, c.headings from knowledge_chunks c
         where c.workspace = $1 and c.document = $2 and c.version = $3 and c.position >= $4 and c.position < $5
           and not exists (select from knowledge_vectors v where v.chunk = c.id and v.index = $6)
         order by c.position`,
        [workspace, document, version, from, to, index],
      ),

    missing: ({ id, base }, limit) =>
      sql.query<ChunkToEmbed>(
        `select c.id, c.position, c.text, c.headings from knowledge_chunks c where c.workspace = $1 and c.base = $2
           and not exists (select from knowledge_vectors v where v.chunk = c.id and v.index = $3)
         order by c.document, c.version, c.position limit $4`,
        [workspace, base, id, limit],
      ),

    async size({ document, version }) {
      const [row] = await sql.query<{ size: number }>(
        `select coalesce(max(position) + 1, 0)::int as size from knowledge_chunks
         where workspace = $1 and document = $2 and version = $3`,
        [workspace, document, version],
      );
      return row?.size ?? 0;
    },

    async progress({ base, document, version }) {
      const [row] = await sql.query<{ done: number; next: number | null }>(
        `select count(*) filter (where not lacks)::int as done, min(position) filter (where lacks) as next
         from knowledge_chunks c cross join lateral (
           select exists (select from knowledge_indexes i where i.workspace = $1 and i.base = $2 and i.state <> 'retired'
             and not exists (select from knowledge_vectors v where v.chunk = c.id and v.index = i.id)) as lacks
         ) l
         where c.workspace = $1 and c.document = $3 and c.version = $4`,
        [workspace, base, document, version],
      );
      return row ?? { done: 0, next: null };
    },

    async add(index, vectors) {
      const dimensions = dimensionsOf(vectors[0]?.vector ?? '[]');
      if (await insert(index, dimensions, vectors)) return true;
      // The first ones of an index say how long all are.
      await sql.query(
        'update knowledge_indexes set dimensions = $3 where workspace = $1 and id = $2 and dimensions is null',
        [workspace, index, dimensions],
      );
      return await insert(index, dimensions, vectors);
    },

    async cached(model, hashes) {
      const rows = await sql.query<{ hash: string; vector: string }>(
        `select hash, embedding::text as vector from embedding_cache
         where workspace = $1 and model = $2 and hash = any($3::text[])`,
        [workspace, model, textArray(hashes)],
      );
      return new Map(rows.map(({ hash, vector }) => [hash, vector]));
    },

    async cache(model, vectors) {
      await sql.query(
        `insert into embedding_cache (workspace, model, hash, embedding, created_at)
         select $1, $2, n.hash, n.vector::halfvec, now() from unnest($3::text[], $4::text[]) as n(hash, vector)
         on conflict do nothing`,
        [
          ...[workspace, model],
          ...[textArray(vectors.map(({ hash }) => hash)), textArray(vectors.map(({ vector }) => vector))],
        ],
      );
    },
  };
}

export function createEmbeddingCacheCleaner(sql: Sql): EmbeddingCacheCleaner {
  return {
    async removeOld() {
      await sql.query(`delete from embedding_cache where created_at < now() - interval '180 days'`);
    },
  };
}

/** As Postgres reads it. */
export function vectorText(vector: readonly number[]): string {
  return `[${vector.join(',')}]`;
}

function dimensionsOf(vector: string): number {
  return vector.split(',').length;
}
