/** Knowledge of one workspace: bases, their documents, the chunks of these, and what they are found by. */
import type { Sql } from '../../sql.ts';
import { type ChunksRepository, createChunksRepository } from './chunks.ts';
import { createDocumentsRepository, type DocumentsRepository } from './documents.ts';
import { createIndexesRepository, type IndexesRepository } from './indexes.ts';
import { createKnowledgeBasesRepository, type KnowledgeBasesRepository } from './knowledge-bases.ts';
import { createPassagesRepository, type PassagesRepository } from './passages.ts';
import { createVectorsRepository, type VectorsRepository } from './vectors.ts';

export interface KnowledgeRepositories {
  bases: KnowledgeBasesRepository;
  documents: DocumentsRepository;
  chunks: ChunksRepository;
  indexes: IndexesRepository;
  vectors: VectorsRepository;
  passages: PassagesRepository;
}

export function createKnowledgeRepositories(sql: Sql, workspace: string): KnowledgeRepositories {
  return {
    bases: createKnowledgeBasesRepository(sql, workspace),
    documents: createDocumentsRepository(sql, workspace),
    chunks: createChunksRepository(sql, workspace),
    indexes: createIndexesRepository(sql, workspace),
    vectors: createVectorsRepository(sql, workspace),
    passages: createPassagesRepository(sql, workspace),
  };
}
