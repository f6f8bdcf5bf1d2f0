/** What the workflows that take documents in are given, and how they are named. */
import type { DocumentFailure, DocumentProgress } from './document.ts';
import type { EmbedChunksInput, EmbedChunksResult } from './embed-chunks.ts';
import type { Chunking, KnowledgeLanguage } from './knowledge-base.ts';

export const ingestWorkflow = 'ingestDocument';
export const crawlWorkflow = 'crawlSite';

/** The document is to be looked at (again): also said to a workflow that is at it. */
export const ingestSignal = 'ingest';

interface Named {
  workspace: string;
  document: string;
}

/** One per document: two at once would write one version twice. */
export function ingestWorkflowIdOf({ workspace, document }: Named): string {
  return `ingest:${workspace}:${document}`;
}

/** Of the document at which a crawl begins. */
export function crawlWorkflowIdOf({ workspace, document }: Named): string {
  return `crawl:${workspace}:${document}`;
}

/** The bytes of a document, where they are and what they are made to. */
export interface FetchedSource {
  /** In the object store. */
  key: string;
  /** With the ending that tells its kind, where there is one. */
  name: string;
  type: string;
  bytes: number;
  /** SHA-256. */
  contentHash: string;
  /** Names this content cut by these settings. */
  version: string;
  chunking: Chunking;
  language: KnowledgeLanguage;
}

/** What reading it found. */
export interface ReadFacts {
  chunks: number;
  type: string;
  pages?: number | undefined;
  title?: string | undefined;
}

export interface IngestInput extends Named {
  /** It is a page of a crawl: robots.txt is asked, and the links on it are told. */
  crawl?: boolean | undefined;
  /** It was asked for anew while an earlier execution of the workflow was at it. */
  again?: boolean | undefined;
  /** How far that came. */
  reached?:
    | { base: string; source: FetchedSource; facts: ReadFacts; from: number; links: string[] }
    | undefined;
}

export interface IngestResult {
  /** Of a page of a crawl: addresses on the same host, without what is behind a `#`. */
  links: string[];
}

export interface CrawlInput extends Named {
  /** Left out: it begins. */
  reached?: CrawlState | undefined;
}

export interface CrawlPage {
  document: string;
  /** How many links away from the first page. */
  depth: number;
}

export interface CrawlState {
  /** To be taken, in order. */
  queue: CrawlPage[];
  /** Ids of documents that were found, the first page's among them. */
  found: string[];
}

/** What is there of a document when its ingestion begins. */
export type Fetched =
  /** The document is gone, or its base is. */
  | { kind: 'gone' }
  /** What is searched is what its source holds. */
  | { kind: 'unchanged'; links: string[] }
  | { kind: 'changed'; base: string; source: FetchedSource; links: string[] };

export interface IngestActivities {
  fetchDocument(input: Named & { crawl: boolean }): Promise<Fetched>;
  /** Writes the chunks of the version. `gone`: the document is. */
  readDocument(input: Named & { source: FetchedSource }): Promise<ReadFacts | 'gone'>;
  /** From now on the version is searched. */
  finishDocument(input: Named & { source: FetchedSource; facts: ReadFacts }): Promise<void>;
  /** What people see of it while it is embedded. */
  tellProgress(input: Named & { progress: DocumentProgress }): Promise<void>;
  failDocument(input: Named & { failure: DocumentFailure }): Promise<void>;
  /** Makes documents of the pages that a page links to, `most` of them, but for those that the crawl has found. @returns their ids */
  addPages(input: Named & { urls: string[]; found: string[]; most: number }): Promise<string[]>;
  /** How deep the crawl goes. 0: no further than its first page, or that is gone. */
  crawlDepth(input: Named): Promise<number>;
}

export interface EmbedActivities {
  embedChunks(input: EmbedChunksInput): Promise<EmbedChunksResult>;
}

/** Type of the failure that an activity gives for what is wrong with the document itself; its details begin with a `DocumentFailure`. */
export const documentRefused = 'DocumentRefused';
