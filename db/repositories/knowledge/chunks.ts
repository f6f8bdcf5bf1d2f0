/** Chunks of documents: written by an ingestion that may be repeated, read by whoever indexes, searches or cites them. */
import { createHash } from 'node:crypto';
import type { Chunk, ChunkText } from '../../../contracts/knowledge/chunk.ts';
import type { TextSearchLanguage } from '../../../contracts/knowledge/text-search-languages.ts';
import type { Sql } from '../../sql.ts';

export interface ChunksRepository {
  /**
   * Writes chunks of a version, which nobody sees before it is the document's. One that is there stays as it is: the same position of
   * the same version has the same text. False: the document is gone, or its base is, and nothing is written.
   */
  add(
    of: { document: string; version: string; language: TextSearchLanguage },
    chunks: readonly ChunkText[],
  ): Promise<boolean>;
  /** In order, from a position. @param of left out `version`: the one that is searched */
  list(
    of: { document: string; version?: string | undefined },
    page: { from: number; limit: number },
  ): Promise<Chunk[]>;
}

interface Row {
  id: string;
  document: string;
  version: string;
  position: number;
  text: string;
  overlap: number;
  headings: string[];
  page: number | null;
  tokens: number;
  language: TextSearchLanguage;
}

const columns =
  'c.id, c.document, c.version, c.position, c.text, c.overlap, c.headings, c.page, c.tokens, c.language';

export function chunkIdOf(document: string, version: string, position: number): string {
  return createHash('sha256').update(`${document} ${version} ${position}`).digest('hex').slice(0, 32);
}

export function createChunksRepository(sql: Sql, workspace: string): ChunksRepository {
  return {
    async add({ document, version, language }, chunks) {
      const rows = chunks.map((chunk) => ({ ...chunk, id: chunkIdOf(document, version, chunk.position) }));
      const found = await sql.query(
        `with its as (
           select d.base from knowledge_documents d join knowledge_bases b on b.id = d.base
           where d.workspace = $1 and d.id = $2 and b.deleted_at is null
         ), written as (
           insert into knowledge_chunks
             (id, workspace, base, document, version, position, text, overlap, headings, page, tokens, language,
              words)
           select n.id, $1, its.base, $2, $3, n.position, n.text, n.overlap, n.headings, n.page, n.tokens, $4,
             setweight(to_tsvector($4::text::regconfig, array_to_string(array(select jsonb_array_elements_text(n.headings)), ' ')), 'B')
               || to_tsvector($4::text::regconfig, n.text)
           from its, jsonb_to_recordset($5::text::jsonb) as n(
             id text, position int, text text, overlap int, headings jsonb, page int, tokens int)
           on conflict do nothing
         )
         select 1 from its`,
        [workspace, document, version, language, JSON.stringify(rows)],
      );
      return found.length > 0;
    },

    async list({ document, version }, { from, limit }) {
      const rows = await sql.query<Row>(
        `select ${columns} from knowledge_chunks c join knowledge_documents d on d.id = c.document
         where c.workspace = $1 and c.document = $2 and c.version = coalesce($3, d.version) and c.position >= $4
         order by c.position limit $5`,
        [workspace, document, version ?? null, from, limit],
      );
      return rows.map(toChunk);
    },
  };
}

function toChunk({ page, ...row }: Row): Chunk {
  return { ...row, ...(page !== null && { page }) };
}
