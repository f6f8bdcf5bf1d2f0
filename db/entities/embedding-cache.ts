import { defineEntity, p } from '@mikro-orm/core';
import { Workspace } from './workspace.ts';

/** Vectors of texts that were paid for: the same text by the same model has the same. Never shared by workspaces. */
export const EmbeddingCache = defineEntity({
  name: 'EmbeddingCache',
  tableName: 'embedding_cache',
  primaryKeys: ['workspace', 'model', 'hash'],
  indexes: [{ name: 'embedding_cache_by_age', properties: ['createdAt'] }],
  properties: {
    workspace: () => p.manyToOne(Workspace).mapToPk().primary().fieldName('workspace').deleteRule('cascade'),
    /** `<provider>:<model>` */
    model: p.text().primary(),
    /** SHA-256 of the text, hex. */
    hash: p.text().primary(),
    embedding: p.text().columnType('halfvec'),
    createdAt: p.datetime(3),
  },
});
