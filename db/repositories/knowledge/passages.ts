/** Chunks as a search shows them: in the tenant's own session, and only those of documents that are searched now. */
import type { DocumentSource } from '../../../contracts/knowledge/document.ts';
import { type Sql, textArray } from '../../sql.ts';

export interface FoundPassage {
  chunk: string;
  base: string;
  document: string;
  /** Of the document. */
  name: string;
  url?: string | undefined;
  position: number;
  text: string;
  /** Characters at its beginning that repeat the end of the chunk before. */
  overlap: number;
  headings: string[];
  page?: number | undefined;
}

export interface PassagesRepository {
  /** In no order. */
  read(chunks: readonly string[]): Promise<FoundPassage[]>;
}

interface Row extends Omit<FoundPassage, 'url' | 'page'> {
  source: DocumentSource;
  page: number | null;
}

export function createPassagesRepository(sql: Sql, workspace: string): PassagesRepository {
  return {
    async read(chunks) {
      const rows = await sql.query<Row>(
        `select c.id as chunk, c.base, c.document, d.name, d.source, c.position, c.text, c.overlap, c.headings, c.page
         from knowledge_chunks c join knowledge_documents d on d.id = c.document and d.version = c.version
           join knowledge_bases b on b.id = c.base and b.deleted_at is null
         where c.workspace = $1 and c.id = any($2::text[])`,
        [workspace, textArray(chunks)],
      );
      return rows.map(({ source, page, ...row }) => ({
        ...row,
        ...(source.kind === 'url' && { url: source.url }),
        ...(page !== null && { page }),
      }));
    },
  };
}
