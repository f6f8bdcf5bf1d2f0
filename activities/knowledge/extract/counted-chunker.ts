/** A chunker that ends a document which is longer than one may be, before it takes memory. */
import type { ChunkText } from '../../../contracts/knowledge/chunk.ts';
import { knowledgeLimits } from '../../../contracts/knowledge/document.ts';
import type { Chunking } from '../../../contracts/knowledge/knowledge-base.ts';
import type { Block } from '../../../engine/knowledge/block.ts';
import { createChunker } from '../../../engine/knowledge/chunker.ts';
import { DocumentRefusal } from '../document-refusal.ts';

export interface CountedChunker {
  /** @throws DocumentRefusal `document-too-long` */
  add(blocks: readonly Block[]): ChunkText[];
  /** @throws DocumentRefusal `document-empty` when there was no text at all, `document-too-long` */
  end(): ChunkText[];
}

export function createCountedChunker(chunking: Chunking): CountedChunker {
  const chunker = createChunker(chunking);
  let characters = 0;
  let chunks = 0;

  function count(made: ChunkText[]): ChunkText[] {
    chunks += made.length;
    if (chunks > knowledgeLimits.chunks)
      throw tooLong(`${knowledgeLimits.chunks.toLocaleString('en')} passages`);
    return made;
  }

  return {
    add(blocks) {
      const made: ChunkText[] = [];
      for (const block of blocks) {
        characters += block.text.length;
        if (characters > knowledgeLimits.characters)
          throw tooLong(`${knowledgeLimits.characters.toLocaleString('en')} characters`);
        made.push(...chunker.add({ ...block, text: storable(block.text) }));
      }
      return count(made);
    },
    end() {
      const made = count(chunker.end());
      if (chunks === 0) throw new DocumentRefusal('document-empty');
      return made;
    },
  };
}

function tooLong(limit: string): DocumentRefusal {
  return new DocumentRefusal('document-too-long', { limit });
}

/** Postgres takes no NUL in a text, and nobody a half of a character. */
function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}
