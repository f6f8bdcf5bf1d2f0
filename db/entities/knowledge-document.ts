import { defineEntity, p } from '@mikro-orm/core';
import type {
  DocumentFailure,
  DocumentMetadata,
  DocumentProgress,
  DocumentSource,
  DocumentState,
} from '../../contracts/knowledge/document.ts';
import { KnowledgeBase } from './knowledge-base.ts';
import { Workspace } from './workspace.ts';

export const KnowledgeDocument = defineEntity({
  name: 'KnowledgeDocument',
  tableName: 'knowledge_documents',
  indexes: [
    { name: 'knowledge_documents_by_creation', properties: ['base', 'createdAt', 'id'] },
    {
      name: 'knowledge_documents_by_parent',
      properties: ['parent'],
      expression: `create index "knowledge_documents_by_parent" on "knowledge_documents" ("parent") where parent is not null`,
    },
    {
      name: 'knowledge_documents_by_file',
      properties: ['workspace', 'source'],
      expression: `create index "knowledge_documents_by_file" on "knowledge_documents" ("workspace", ("source" ->> 'file')) where source ->> 'kind' = 'file'`,
    },
  ],
  properties: {
    id: p.text().primary(),
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade'),
    base: () => p.manyToOne(KnowledgeBase).mapToPk().fieldName('base').deleteRule('cascade'),
    /** The document whose crawl found it. No foreign key: what was found stays when that goes alone. */
    parent: p.text().nullable(),
    name: p.text(),
    source: p.json().$type<DocumentSource>(),
    /** Key in the store of what was fetched or typed; a file has its own. */
    object: p.text().nullable(),
    /** What it was read as: pdf, docx, xlsx, html, markdown, csv, text. */
    type: p.text().nullable(),
    state: p.text().$type<DocumentState>(),
    progress: p.json().$type<DocumentProgress>().nullable(),
    failure: p.json().$type<DocumentFailure>().nullable(),
    metadata: p.json().$type<DocumentMetadata>(),
    bytes: p.bigint('number').nullable(),
    pages: p.integer().nullable(),
    /** Of the version that is searched. */
    chunks: p.integer().default(0),
    tokens: p.integer().default(0),
    /** SHA-256 of the source's bytes that `version` was made of. */
    contentHash: p.text().nullable(),
    /** Names the chunks that are searched. Null: there are none yet. */
    version: p.text().nullable(),
    createdBy: p.text().nullable(),
    createdAt: p.datetime(3),
    updatedAt: p.datetime(3),
    /** When its source was last seen to be what is searched. */
    syncedAt: p.datetime(3).nullable(),
  },
});
