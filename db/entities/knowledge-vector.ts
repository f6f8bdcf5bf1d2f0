import { defineEntity, p } from '@mikro-orm/core';
import { KnowledgeChunk } from './knowledge-chunk.ts';
import { KnowledgeIndex } from './knowledge-index.ts';
import { Workspace } from './workspace.ts';

/** Lengths of vectors that have an HNSW index, each its own: those of common models. Others are compared one by one. */
export const indexedDimensions = [256, 384, 512, 768, 1024, 1536, 2048, 3072] as const;

/** The vector of a chunk in an index. `document` and `version` are its chunk's: a search asks for nothing else of most rows. */
export const KnowledgeVector = defineEntity({
  name: 'KnowledgeVector',
  tableName: 'knowledge_vectors',
  primaryKeys: ['chunk', 'index'],
  indexes: [
    { name: 'knowledge_vectors_by_document', properties: ['index', 'document'] },
    ...indexedDimensions.map((dimensions) => ({
      name: `knowledge_vectors_near_${dimensions}`,
      properties: ['embedding' as const],
      expression: `create index "knowledge_vectors_near_${dimensions}" on "knowledge_vectors" using hnsw ((embedding::halfvec(${dimensions})) halfvec_cosine_ops) where dimensions = ${dimensions}`,
    })),
  ],
  properties: {
    chunk: () => p.manyToOne(KnowledgeChunk).mapToPk().primary().fieldName('chunk').deleteRule('cascade'),
    index: () => p.manyToOne(KnowledgeIndex).mapToPk().primary().fieldName('index').deleteRule('cascade'),
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade'),
    document: p.text(),
    version: p.text(),
    dimensions: p.integer(),
    /** Half precision: half of the space, and as good at telling what is near. */
    embedding: p.text().columnType('halfvec'),
  },
});
