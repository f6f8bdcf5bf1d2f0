/** Knowledge bases and their documents in the API. Searching them is `contracts/knowledge/search.ts`. */
import { z } from 'zod';
import { grantLevel } from '../access/roles.ts';
import { chunk } from '../knowledge/chunk.ts';
import {
  documentMetadata,
  documentProgress,
  documentSource,
  documentState,
  fileSource,
  knowledgeLimits,
  textSource,
  urlSource,
} from '../knowledge/document.ts';
import {
  chunking,
  knowledgeBase,
  knowledgeLanguage,
  knowledgeSettings,
  retrieval,
} from '../knowledge/knowledge-base.ts';
import { moment, pageOf, pageQuery } from './page.ts';

export const knowledgeBaseShown = knowledgeBase.extend({
  /** How many there are; `busy` are waiting or being taken in. */
  documents: z.object({ all: z.int(), busy: z.int(), failed: z.int() }),
  /** Passages that are searched. */
  chunks: z.int(),
  /** The strongest level at which it is shared with who asks, where their role might not do. */
  level: grantLevel.optional(),
  createdAt: moment,
  updatedAt: moment,
});
export type KnowledgeBaseShown = z.output<typeof knowledgeBaseShown>;
export const knowledgeBasePage = pageOf(knowledgeBaseShown);
export const listKnowledgeBases = pageQuery.extend({ search: z.string().max(200).optional() });

export const createKnowledgeBase = knowledgeBase.omit({ id: true });

/** Every field may be left out. Other chunking or another language takes every document in anew. */
export const updateKnowledgeBase = z.object({
  name: knowledgeBase.shape.name.optional(),
  description: knowledgeBase.shape.description.unwrap().optional(),
  embedding: knowledgeSettings.shape.embedding.unwrap().optional(),
  chunking: chunking.optional(),
  language: knowledgeLanguage.optional(),
  retrieval: retrieval.optional(),
});

export const knowledgeDocument = z.object({
  id: z.string(),
  base: z.string(),
  /** The document whose crawl found it. */
  parent: z.string().optional(),
  name: z.string(),
  source: documentSource,
  /** What it was read as: pdf, docx, xlsx, html, markdown, csv, text. */
  type: z.string().optional(),
  state: documentState,
  progress: documentProgress.optional(),
  /** Why its last ingestion failed, and what to do. */
  problem: z.object({ code: z.string(), title: z.string(), detail: z.string() }).optional(),
  metadata: documentMetadata,
  bytes: z.int().optional(),
  pages: z.int().optional(),
  /** Of what is searched. */
  chunks: z.int(),
  tokens: z.int(),
  createdAt: moment,
  updatedAt: moment,
  /** When its source was last seen to be what is searched. */
  syncedAt: moment.optional(),
});
export type KnowledgeDocumentShown = z.output<typeof knowledgeDocument>;
export const knowledgeDocumentPage = pageOf(knowledgeDocument);
export const listKnowledgeDocuments = pageQuery.extend({
  search: z.string().max(200).optional(),
  state: documentState.optional(),
});

const name = z.string().trim().min(1).max(256);
const text = z.string().min(1).max(knowledgeLimits.text);
const metadata = documentMetadata.default({});

export const createKnowledgeDocument = z.discriminatedUnion('kind', [
  /** A file that was uploaded for the purpose `file` and is ready. */
  fileSource.extend({ name: name.optional(), metadata }),
  /** A page of the web, with `depth` those it links to on its host, as far as its robots.txt lets. */
  urlSource.extend({ metadata }),
  /** Markdown or plain text. */
  textSource.extend({ name, text, metadata }),
]);

/** `text` is for documents that were given as text, and takes them in anew. */
export const updateKnowledgeDocument = z.object({
  name: name.optional(),
  metadata: documentMetadata.optional(),
  text: text.optional(),
});

export const listChunks = z.object({
  /** Position of the first. */
  from: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const chunkList = z.object({ items: z.array(chunk) });
export const syncStarted = z.object({ documents: z.int() });
