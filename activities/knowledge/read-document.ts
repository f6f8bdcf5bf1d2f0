/**
 * Writes the chunks of a version. May be repeated from its beginning at any time: the same bytes give the same chunks, with the same ids,
 * and those that are there stay.
 */
import type { ChunkText } from '../../contracts/knowledge/chunk.ts';
import type { FetchedSource, ReadFacts } from '../../contracts/knowledge/ingest.ts';
import type { TextSearchLanguage } from '../../contracts/knowledge/text-search-languages.ts';
import { extractDocument } from './extract/extract-document.ts';
import type { IngestDeps } from './knowledge-deps.ts';

/** Chunks of one statement, or a few more. */
const atOnce = 200;
/** Characters by which the language is found out. */
const sampleLength = 4_000;

export interface ReadInput {
  workspace: string;
  document: string;
  source: FetchedSource;
  signal: AbortSignal;
}

/** @throws DocumentRefusal */
export async function readDocument(
  { db, store, transforms }: IngestDeps,
  { workspace, document, source, signal }: ReadInput,
): Promise<ReadFacts | 'gone'> {
  const { key, name, type, bytes, version, chunking } = source;
  const { chunks, kind, pages, title } = await extractDocument(
    { name, type, bytes, open: (range) => store.get(key, { range, signal }) },
    { workspace, chunking, transforms, signal },
  );
  let language: TextSearchLanguage | undefined = source.language === 'auto' ? undefined : source.language;
  let waiting: ChunkText[] = [];
  let done = 0;

  /** All that waits. False: the document is gone. */
  async function write(): Promise<boolean> {
    language ??= await guess(sampleOf(waiting));
    const of = { document, version, language };
    const batch = waiting;
    waiting = [];
    done += batch.length;
    return await db.inWorkspace(workspace, async ({ knowledge }) => {
      const isWritten = await knowledge.chunks.add(of, batch);
      if (isWritten) await knowledge.documents.begin(document, { step: 'read', done });
      return isWritten;
    });
  }

  for await (const batch of chunks) {
    signal.throwIfAborted();
    waiting.push(...batch);
    if (waiting.length >= atOnce && !(await write())) return 'gone';
  }
  if (waiting.length > 0 && !(await write())) return 'gone';
  return { chunks: done, type: kind, ...(pages !== undefined && { pages }), ...(title && { title }) };
}

/** Loaded when the first document asks for it: what knows the languages takes 40 MB. */
async function guess(text: string): Promise<TextSearchLanguage> {
  const { languageOf } = await import('./extract/language-of.ts');
  return languageOf(text);
}

function sampleOf(chunks: readonly ChunkText[]): string {
  let sample = '';
  for (const { text, overlap } of chunks) {
    if (sample.length >= sampleLength) break;
    sample += `${text.slice(overlap)}\n`;
  }
  return sample.slice(0, sampleLength);
}
