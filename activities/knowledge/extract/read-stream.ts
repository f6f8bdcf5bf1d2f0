/** Documents that are read as a stream, in the memory of a paragraph or a row: text, Markdown, CSV. */
import type { Readable } from 'node:stream';
import { StepFailure } from '../../../contracts/effect.ts';
import type { ChunkText } from '../../../contracts/knowledge/chunk.ts';
import type { Chunking } from '../../../contracts/knowledge/knowledge-base.ts';
import { createBlockReader } from '../../../engine/knowledge/block-reader.ts';
import { decodeStream } from '../../files/decode-stream.ts';
import { csvRecords } from '../../files/read-csv.ts';
import { columnNames } from '../../transforms/extract/rows.ts';
import { DocumentRefusal } from '../document-refusal.ts';
import { createCountedChunker } from './counted-chunker.ts';
import { kindNames } from './document-kind.ts';
import { rowBlock } from './row-block.ts';

/** @throws DocumentRefusal `document-not-text`, `document-empty`, `document-too-long` */
export async function* readText(
  source: Readable,
  { markdown, chunking }: { markdown: boolean; chunking: Chunking },
): AsyncGenerator<ChunkText[]> {
  const { text, head } = await decodeStream(source, 'auto');
  const reader = createBlockReader({ markdown });
  const chunker = createCountedChunker(chunking);
  try {
    if (head.includes('\0')) throw new DocumentRefusal('document-not-text');
    for await (const part of text as AsyncIterable<string | Buffer>)
      yield chunker.add(reader.add(part.toString()));
    yield chunker.add(reader.end());
    yield chunker.end();
  } finally {
    source.destroy();
    text.destroy();
  }
}

/** @throws DocumentRefusal `document-unreadable`, `document-not-text`, `document-empty`, `document-too-long` */
export async function* readTable(source: Readable, chunking: Chunking): AsyncGenerator<ChunkText[]> {
  const chunker = createCountedChunker(chunking);
  let names: string[] | undefined;
  try {
    for await (const record of csvRecords(source, { delimiter: 'auto', encoding: 'auto', skipRows: 0 })) {
      if (names === undefined) {
        if (record.some((cell) => cell.includes('\0'))) throw new DocumentRefusal('document-not-text');
        names = columnNames(record);
      } else yield chunker.add([rowBlock(names, record)]);
    }
    yield chunker.end();
  } catch (error) {
    if (error instanceof StepFailure)
      throw new DocumentRefusal('document-unreadable', { kind: kindNames.csv });
    throw error;
  }
}
