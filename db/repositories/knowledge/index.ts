/** Knowledge of one workspace: bases, their documents, and the chunks of these. */
import type { Sql } from '../../sql.ts';
import { type ChunksRepository, createChunksRepository } from './chunks.ts';
import { createDocumentsRepository, type DocumentsRepository } from './documents.ts';
import { createKnowledgeBasesRepository, type KnowledgeBasesRepository } from './knowledge-bases.ts';

export interface KnowledgeRepositories {
  bases: KnowledgeBasesRepository;
  documents: DocumentsRepository;
  chunks: ChunksRepository;
}

export function createKnowledgeRepositories(sql: Sql, workspace: string): KnowledgeRepositories {
  return {
    bases: createKnowledgeBasesRepository(sql, workspace),
    documents: createDocumentsRepository(sql, workspace),
    chunks: createChunksRepository(sql, workspace),
  };
}
