/**
 * Finds chunks by meaning and by words, in one statement that puts both into one order (reciprocal rank fusion). It gives ids and
 * scores, and nothing that anybody reads.
 *
 * It acts as the system: under a tenant's policy Postgres may use no index for `@@`, as that operator is not leakproof, and would look
 * through all chunks of the workspace (17 times as long with 5,000). So the workspace stands in every condition here, and the tenant's
 * own session reads the passages by their ids: what another workspace has could not be shown even if it were found (decision 037).
 */
import type { KnowledgeIndex } from '../../../../contracts/knowledge/knowledge-index.ts';
import type { MetadataFilter } from '../../../../contracts/knowledge/search.ts';
import { indexedDimensions } from '../../../entities/knowledge-vector.ts';
import { type Sql, textArray } from '../../../sql.ts';
import { metadataSql } from './metadata-sql.ts';
import { fusedSql, type Near, nearSql, wordsSql } from './search-sql.ts';

export interface ChunkSearch {
  workspace: string;
  bases: readonly string[];
  query: string;
  /** By meaning: indexes that have vectors of one model, and the question's vector by it. Left out: by words only. */
  near?: { indexes: readonly KnowledgeIndex[]; vector: string; dimensions: number } | undefined;
  /** Likeness below which a vector does not count. */
  threshold: number;
  filter?: MetadataFilter | undefined;
  /** Chunks at most. */
  limit: number;
}

export interface FoundChunk {
  chunk: string;
  vector?: { score: number; rank: number };
  text?: { score: number; rank: number };
  fused: number;
}

/** `exact` compares with every vector that the filter leaves, `hnsw` walks the graph, `none` has no vectors. */
export type SearchPlan = 'exact' | 'hnsw' | 'none';

export interface KnowledgeFinder {
  /** Best first. `plan`: for tests and figures; left out, what costs less. */
  find(search: ChunkSearch, plan?: SearchPlan): Promise<{ chunks: FoundChunk[]; plan: SearchPlan }>;
}

interface Row {
  chunk: string;
  distance: number | null;
  near_rank: number | null;
  score: number | null;
  words_rank: number | null;
  fused: number;
  met: number;
}

/** Of vectors that point away from each other: without a threshold all count. */
const farthest = 2;
/** What one step on the graph costs, in comparisons of the exact way: measured with 768 numbers on 100,000 vectors. */
const stepCost = 20;
/** The least that each part looks for: passages merge, and what is tenth for both may be first for all. */
const leastPool = 40;

export function createKnowledgeFinder(sql: Sql): KnowledgeFinder {
  return {
    async find(search, wanted) {
      const pool = Math.max(leastPool, search.limit);
      const { eligible, all } = await sizeOf(sql, search);
      const plan = wanted ?? planOf(search, { eligible, all, pool });
      const rows = await run(sql, search, plan, pool);
      // The graph may end before it has met enough of what the filter leaves: nobody is given less than there is.
      if (plan === 'hnsw' && (rows[0]?.met ?? 0) < Math.min(pool, eligible))
        return { chunks: (await run(sql, search, 'exact', pool)).map(toFound), plan: 'exact' };
      return { chunks: rows.map(toFound), plan };
    },
  };
}

/**
 * With `eligible` of `all` vectors left by base and filter, the graph meets one of those in `all / eligible` steps. On one shared
 * graph that is what filtering costs: to look at few is cheaper one by one, and exact.
 */
export function planOf(
  { near }: Pick<ChunkSearch, 'near'>,
  { eligible, all, pool }: { eligible: number; all: number; pool: number },
): SearchPlan {
  if (!near || near.indexes.length === 0) return 'none';
  if (!indexedDimensions.some((dimensions) => dimensions === near.dimensions)) return 'exact';
  // Postgres' count of all comes from its last look at the table, and may be of before.
  return eligible ** 2 <= stepCost * pool * Math.max(all, eligible) ? 'exact' : 'hnsw';
}

/** How many chunks the filter leaves, by the documents, and about how many vectors of that length there are in all workspaces. */
async function sizeOf(sql: Sql, search: ChunkSearch): Promise<{ eligible: number; all: number }> {
  const parameters: unknown[] = [];
  const bind = (value: unknown) => `$${parameters.push(value)}`;
  const [row] = await sql.query<{ eligible: number; all: number }>(
    `select (select coalesce(sum(d.chunks), 0)::int from knowledge_documents d where ${documentsSql(search, bind)}) as eligible,
       coalesce((select greatest(reltuples, 0)::int from pg_class
         where oid = to_regclass(${bind(`knowledge_vectors_near_${search.near?.dimensions ?? 0}`)}::text)), 0) as all`,
    parameters,
  );
  return row ?? { eligible: 0, all: 0 };
}

function run(sql: Sql, search: ChunkSearch, plan: SearchPlan, pool: number): Promise<Row[]> {
  const parameters: unknown[] = [];
  const bind = (value: unknown) => `$${parameters.push(value)}`;
  const { query, workspace, bases, limit, threshold } = search;
  const terms = {
    workspace: bind(workspace),
    bases: `${bind(textArray(bases))}::text[]`,
    pool: bind(pool),
  };
  const statement = `
    with recursive documents as materialized (
      select d.id, d.version from knowledge_documents d where ${documentsSql(search, bind)}
    ),
    near as (${nearSql(nearOf(search, plan, bind), terms)}),
    ${wordsSql(bind(query), terms)},
    ${fusedSql(bind(limit), bind(threshold === 0 ? farthest : 1 - threshold))}`;
  if (plan !== 'hnsw') return sql.query<Row>(statement, parameters);
  return sql.transaction(async (inside) => {
    // Only for this statement. A wrong value would merely be warned of: the test asks what is set.
    await inside.query(`select set_config('hnsw.iterative_scan', 'relaxed_order', true),
      set_config('hnsw.ef_search', '${Math.min(1_000, Math.max(100, 2 * pool))}', true),
      set_config('hnsw.max_scan_tuples', '50000', true), set_config('enable_sort', 'off', true)`);
    return await inside.query<Row>(statement, parameters);
  });
}

function nearOf(search: ChunkSearch, plan: SearchPlan, bind: (value: unknown) => string): Near {
  const { near } = search;
  if (plan === 'none' || !near) return { plan: 'none' };
  const vectors = {
    vector: bind(near.vector),
    indexes: `${bind(textArray(near.indexes.map(({ id }) => id)))}::text[]`,
  };
  if (plan === 'exact') return { plan, ...vectors };
  return { plan, ...vectors, dimensions: near.dimensions, documents: documentsSql(search, bind) };
}

function documentsSql(
  { workspace, bases, filter = {} }: ChunkSearch,
  bind: (value: unknown) => string,
): string {
  return [
    `d.workspace = ${bind(workspace)}::text and d.base = any(${bind(textArray(bases))}::text[]) and d.version is not null`,
    ...metadataSql(filter, 'd.metadata', bind),
  ].join(' and ');
}

function toFound({ chunk, distance, near_rank, score, words_rank, fused }: Row): FoundChunk {
  return {
    chunk,
    ...(distance !== null && near_rank !== null && { vector: { score: 1 - distance, rank: near_rank } }),
    ...(score !== null && words_rank !== null && { text: { score, rank: words_rank } }),
    fused,
  };
}
