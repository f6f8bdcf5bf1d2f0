/**
 * The passages of a document, whatever kind it is. Memory stays flat: text and CSV are read as streams, everything else is read in a thread
 * that is ended when it takes too much memory or time. What is wrong with the document itself is a `DocumentRefusal`.
 */
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { StepFailure } from '../../../contracts/effect.ts';
import type { JsonObject } from '../../../contracts/json.ts';
import type { ChunkText } from '../../../contracts/knowledge/chunk.ts';
import type { DocumentFailure } from '../../../contracts/knowledge/document.ts';
import type { Chunking } from '../../../contracts/knowledge/knowledge-base.ts';
import type { DocumentFailureCode } from '../../../contracts/problems/knowledge.ts';
import type { ByteRange } from '../../../storage/index.ts';
import { mostFileBytes } from '../../transforms/transform.ts';
import type { TransformPool } from '../../transforms/transform-pool.ts';
import { DocumentRefusal } from '../document-refusal.ts';
import { checkArchive } from './check-archive.ts';
import { type DocumentKind, kindOfDocument } from './document-kind.ts';
import type { ReadInThread, WholeKind } from './extract-transform.ts';
import { readTable, readText } from './read-stream.ts';

export interface DocumentBytes {
  /** With its ending. */
  name: string;
  /** As it was sent. */
  type: string;
  bytes: number;
  open(range?: ByteRange): Promise<Readable>;
}

export interface ExtractOptions {
  workspace: string;
  chunking: Chunking;
  transforms: TransformPool;
  signal: AbortSignal;
  /** Of the work of a thread. Default 120,000. */
  timeoutMs?: number | undefined;
}

export interface ExtractedDocument {
  kind: DocumentKind;
  pages?: number | undefined;
  title?: string | undefined;
  /** Throws refusals as well: of a stream it is known at its end only. */
  chunks: AsyncIterable<ChunkText[]>;
}

/** @throws DocumentRefusal */
export async function extractDocument(
  source: DocumentBytes,
  options: ExtractOptions,
): Promise<ExtractedDocument> {
  const { chunking } = options;
  if (source.bytes === 0) throw new DocumentRefusal('document-empty');
  const head = await buffer(await source.open({ start: 0, end: 15 }));
  const kind = kindOfDocument({ ...source, head });
  switch (kind) {
    case 'csv':
      return { kind, chunks: readTable(await source.open(), chunking) };
    case 'markdown':
    case 'text':
      return { kind, chunks: readText(await source.open(), { markdown: kind === 'markdown', chunking }) };
    default: {
      const { chunks, ...facts } = await readInThread(source, kind, options);
      return { kind, ...facts, chunks: batches(chunks) };
    }
  }
}

async function readInThread(
  source: DocumentBytes,
  kind: WholeKind,
  { workspace, chunking, transforms, signal, timeoutMs = 120_000 }: ExtractOptions,
): Promise<ReadInThread> {
  if (source.bytes > mostFileBytes)
    throw new DocumentRefusal('document-too-large', { limit: `${mostFileBytes / 1_000_000} MB` });
  const file = new Uint8Array(await buffer(await source.open()));
  if (kind === 'docx' || kind === 'xlsx') await checkArchive(file, kind, signal);
  try {
    const outcome = await transforms.run(
      workspace,
      {
        ...{ type: 'knowledge', mode: 'list', items: [], file, goesOn: false },
        parameters: [{ kind, chunking: chunking as unknown as JsonObject }],
      },
      signal,
      timeoutMs,
    );
    return (outcome.kind === 'list' ? outcome.items[0] : undefined) as unknown as ReadInThread;
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error;
    throw refusalOf(error);
  }
}

function refusalOf({ failure: { code, details } }: StepFailure): DocumentRefusal {
  if (/^transform-|^too-deep$/.test(code)) return new DocumentRefusal('document-too-complex');
  return new DocumentRefusal(code as DocumentFailureCode, details as DocumentFailure['values']);
}

const batchSize = 200;

async function* batches(chunks: readonly ChunkText[]): AsyncGenerator<ChunkText[]> {
  for (let at = 0; at < chunks.length; at += batchSize) yield chunks.slice(at, at + batchSize);
}
