import { defineEntity, p } from '@mikro-orm/core';
import type { Chunking, KnowledgeLanguage, Retrieval } from '../../contracts/knowledge/knowledge-base.ts';
import { Workspace } from './workspace.ts';

/** Who may search it beside those whose role may is in `grants`. */
export const KnowledgeBase = defineEntity({
  name: 'KnowledgeBase',
  tableName: 'knowledge_bases',
  indexes: [
    { name: 'knowledge_bases_by_update', properties: ['workspace', 'updatedAt', 'id'] },
    {
      name: 'knowledge_bases_deleted',
      properties: ['deletedAt'],
      expression: `create index "knowledge_bases_deleted" on "knowledge_bases" ("deleted_at") where deleted_at is not null`,
    },
  ],
  properties: {
    id: p.text().primary(),
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade'),
    name: p.text(),
    description: p.text(),
    /** The model that makes vectors, as a choice. */
    embedding: p.text(),
    chunking: p.json().$type<Chunking>(),
    language: p.text().$type<KnowledgeLanguage>(),
    retrieval: p.json().$type<Retrieval>(),
    createdBy: p.text().nullable(),
    createdAt: p.datetime(3),
    updatedAt: p.datetime(3),
    /** Nobody finds it any more; maintenance takes what is in it away, little by little. */
    deletedAt: p.datetime(3).nullable(),
  },
});
