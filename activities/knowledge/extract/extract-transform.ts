/** What a thread does with a document whose parser needs all of it: chunks of PDF, Word, Excel and HTML. */
import { StepFailure } from '../../../contracts/effect.ts';
import type { JsonObject } from '../../../contracts/json.ts';
import type { ChunkText } from '../../../contracts/knowledge/chunk.ts';
import type { Chunking } from '../../../contracts/knowledge/knowledge-base.ts';
import type { Block } from '../../../engine/knowledge/block.ts';
import { createBlockReader } from '../../../engine/knowledge/block-reader.ts';
import { decodeText } from '../../files/decode-stream.ts';
import type { Transform } from '../../transforms/transform.ts';
import { DocumentRefusal } from '../document-refusal.ts';
import { createCountedChunker } from './counted-chunker.ts';

/** Those that are read in a thread. */
export type WholeKind = 'pdf' | 'docx' | 'xlsx' | 'html';

export interface ReadInThread {
  chunks: ChunkText[];
  pages?: number;
  title?: string;
}

/** The one item it gives is a `ReadInThread`, or with `linksOf` (the page's address) the links of a page. A `DocumentRefusal` comes back as a failure: its code, its values in `details`. */
export const knowledgeTransform: Transform = {
  list: async (_items, parameters, file = new Uint8Array()) => {
    if (typeof parameters.linksOf === 'string') {
      const { linksOf } = await import('../links-of.ts');
      return [{ links: linksOf(decodeText(file), parameters.linksOf) }];
    }
    const { kind, chunking } = parameters as unknown as { kind: WholeKind; chunking: Chunking };
    try {
      return [(await read(file, kind, chunking)) as unknown as JsonObject];
    } catch (error) {
      if (!(error instanceof DocumentRefusal)) throw error;
      const { code, values } = error.failure;
      throw new StepFailure({ code, message: code, details: values });
    }
  },
};

async function read(file: Uint8Array, kind: WholeKind, chunking: Chunking): Promise<ReadInThread> {
  const chunker = createCountedChunker(chunking);
  const chunks: ChunkText[] = [];
  const take = (blocks: readonly Block[]) => void chunks.push(...chunker.add(blocks));
  const takeMarkdown = (text: string) => {
    const reader = createBlockReader({ markdown: true });
    take(reader.add(text));
    take(reader.end());
  };
  const facts: Omit<ReadInThread, 'chunks'> = {};
  switch (kind) {
    case 'pdf': {
      const { blocks, ...more } = await (await import('./pdf-blocks.ts')).pdfBlocks(file);
      take(blocks);
      Object.assign(facts, more);
      break;
    }
    case 'docx':
      takeMarkdown(await (await import('./docx-markdown.ts')).docxMarkdown(file));
      break;
    case 'xlsx':
      for await (const blocks of (await import('./xlsx-blocks.ts')).xlsxBlocks(file)) take(blocks);
      break;
    case 'html': {
      const { readPage } = await import('./html-to-markdown.ts');
      const { markdown, ...more } = readPage(decodeText(file));
      takeMarkdown(markdown);
      Object.assign(facts, more);
    }
  }
  chunks.push(...chunker.end());
  return { chunks, ...facts };
}
