import { defineEntity, p } from '@mikro-orm/core';
import type { KnowledgeIndexState } from '../../contracts/knowledge/knowledge-index.ts';
import { KnowledgeBase } from './knowledge-base.ts';
import { Workspace } from './workspace.ts';

/** One generation of a base's vectors, all by one model: those of two can't be compared. */
export const KnowledgeIndex = defineEntity({
  name: 'KnowledgeIndex',
  tableName: 'knowledge_indexes',
  indexes: [
    {
      name: 'knowledge_indexes_one_of_each',
      properties: ['base', 'state'],
      expression: `create unique index "knowledge_indexes_one_of_each" on "knowledge_indexes" ("base", "state") where state <> 'retired'`,
    },
  ],
  properties: {
    id: p.text().primary(),
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade'),
    base: () => p.manyToOne(KnowledgeBase).mapToPk().fieldName('base').deleteRule('cascade'),
    /** Never a chain: the next one in it would give vectors of another kind. */
    provider: p.text(),
    model: p.text(),
    /** Null until the first vector. */
    dimensions: p.integer().nullable(),
    state: p.text().$type<KnowledgeIndexState>(),
    createdAt: p.datetime(3),
    activatedAt: p.datetime(3).nullable(),
  },
});
