import { defineEntity, p } from '@mikro-orm/core';
import type { TextSearchLanguage } from '../../contracts/knowledge/text-search-languages.ts';
import { KnowledgeBase } from './knowledge-base.ts';
import { KnowledgeDocument } from './knowledge-document.ts';
import { Workspace } from './workspace.ts';

/** Searched is what has its document's `version`; another one is on its way. */
export const KnowledgeChunk = defineEntity({
  name: 'KnowledgeChunk',
  tableName: 'knowledge_chunks',
  indexes: [
    { name: 'knowledge_chunks_by_language', properties: ['base', 'language'] },
    {
      name: 'knowledge_chunks_by_words',
      properties: ['words'],
      expression: 'create index "knowledge_chunks_by_words" on "knowledge_chunks" using gin ("words")',
    },
  ],
  uniques: [{ name: 'knowledge_chunks_position_unique', properties: ['document', 'version', 'position'] }],
  properties: {
    /** `chunkIdOf` (repositories/knowledge/chunks.ts) */
    id: p.text().primary(),
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade'),
    base: () => p.manyToOne(KnowledgeBase).mapToPk().fieldName('base').deleteRule('cascade'),
    document: () => p.manyToOne(KnowledgeDocument).mapToPk().fieldName('document').deleteRule('cascade'),
    version: p.text(),
    position: p.integer(),
    text: p.text(),
    overlap: p.integer(),
    headings: p.json().$type<string[]>(),
    page: p.integer().nullable(),
    tokens: p.integer(),
    /** Name of a text search configuration. Text, as a column of type regconfig would keep pg_upgrade from working. */
    language: p.text().$type<TextSearchLanguage>(),
    /** Of its text and headings, in its language. */
    words: p.text().columnType('tsvector'),
  },
});
