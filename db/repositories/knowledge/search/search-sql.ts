/** The parts of a search's statement. Values are placeholders that the caller has bound. */

export interface Terms {
  workspace: string;
  bases: string;
  /** How many each part gives. */
  pool: string;
}

interface Vectors {
  vector: string;
  indexes: string;
}

export type Near =
  | { plan: 'none' }
  | ({ plan: 'exact' } & Vectors)
  /** `documents`: condition on `knowledge_documents d`. */
  | ({ plan: 'hnsw'; dimensions: number; documents: string } & Vectors);

/** `near(chunk, distance, rank)`: what the CTE `documents` leaves, nearest first. */
export function nearSql(near: Near, { workspace, pool }: Terms): string {
  if (near.plan === 'none')
    return 'select null::text as chunk, null::float8 as distance, null::int as rank where false';
  const { vector, indexes } = near;
  const nearest =
    near.plan === 'exact'
      ? // Without the cast of the indexes' expressions none of them fits, so all that the filter leaves is compared.
        `select v.chunk, v.embedding <=> ${vector}::halfvec as distance
           from documents d join knowledge_vectors v on v.document = d.id and v.version = d.version
           where v.workspace = ${workspace} and v.index = any(${indexes})
           order by distance limit ${pool}`
      : // The documents are asked per vector that the graph meets: a join would read the whole table before it gives one.
        `select v.chunk, v.embedding::halfvec(${near.dimensions}) <=> ${vector}::halfvec(${near.dimensions}) as distance
           from knowledge_vectors v
           where v.dimensions = ${near.dimensions} and v.workspace = ${workspace} and v.index = any(${indexes})
             and (select d.version = v.version from knowledge_documents d where d.id = v.document and ${near.documents})
           order by v.embedding::halfvec(${near.dimensions}) <=> ${vector}::halfvec(${near.dimensions}) limit ${pool}`;
  return `select n.chunk, n.distance, row_number() over (order by n.distance, n.chunk)::int as rank
    from (${nearest}) n`;
}

/** Words of a question beyond these add time and no meaning. */
const mostWords = 32;
/** Matches that are ranked at most: a rank costs about 10 µs, and what matches that often says little. */
const mostRanked = 10_000;

/**
 * `words(chunk, score, rank)`: chunks with any word of the question, most and rarest-placed first, each language by its own rules.
 * Any and not all, as people ask in sentences. The languages of the bases are read by skipping from one to the next in the index.
 */
export function wordsSql(query: string, { workspace, bases, pool }: Terms): string {
  const next = (base: string, after = '') =>
    `(select min(c.language) from knowledge_chunks c where c.base = ${base}${after})`;
  return `languages(base, language) as (
      select b, ${next('b')} from unnest(${bases}) as b
      union all
      select l.base, ${next('l.base', ' and c.language > l.language')} from languages l where l.language is not null
    ),
    questions as materialized (
      select l.language, w.query from (select distinct language from languages where language is not null) l cross join lateral (
        select string_agg('''' || replace(replace(lexeme, '\\', '\\\\'), '''', '''''') || '''', ' | ')::tsquery as query
        from (
          select lexeme from unnest(to_tsvector(l.language::regconfig, ${query}::text)) order by positions[1] limit ${mostWords}
        ) lexemes
      ) w
      where w.query is not null
    ),
    words as (
      select m.id as chunk, m.score, row_number() over (order by m.score desc, m.id)::int as rank
      from (
        select c.id, ts_rank(c.words, q.query, 1)::float8 as score
        from questions q join knowledge_chunks c on c.language = q.language and c.words @@ q.query
          join documents d on d.id = c.document and d.version = c.version
        where c.workspace = ${workspace} and c.base = any(${bases})
        limit ${mostRanked}
      ) m
      order by m.score desc, m.id limit ${pool}
    )`;
}

/** Rank 1 is not worth so much more than rank 5: the constant of the method's authors. */
const rankConstant = 60;

/**
 * `fused`, and the statement's end. Each row says in `met` how many vectors were met at all.
 * @param most the greatest distance that counts
 */
export function fusedSql(limit: string, most: string): string {
  return `fused as (
      select coalesce(n.chunk, w.chunk) as chunk, n.distance, n.rank as near_rank, w.score, w.rank as words_rank,
        (coalesce(1.0 / (${rankConstant} + n.rank), 0) + coalesce(1.0 / (${rankConstant} + w.rank), 0))::float8 as fused
      from (select * from near where distance <= ${most}::float8) n full join words w on w.chunk = n.chunk
    )
    select *, (select count(*)::int from near) as met from fused order by fused desc, chunk limit ${limit}`;
}
