/**
 * Cuts a document into chunks: along its headings, then its paragraphs and rows, then sentences. Blocks go in one by one, so that a
 * document of any length takes no memory; chunks come out as they are full.
 *
 *     const chunker = createChunker({ size: 400, overlap: 50 });
 *     for (const block of blocks) write(chunker.add(block));
 *     write(chunker.end());
 *
 * Nothing is lost and nothing comes twice: without what each chunk repeats at its beginning (`overlap`), all chunks in order are the
 * blocks in order, but for white space where they are cut. Pure: the same blocks give the same chunks.
 */
import type { ChunkText } from '../../contracts/knowledge/chunk.ts';
import type { Chunking } from '../../contracts/knowledge/knowledge-base.ts';
import { bytesPerToken } from '../../contracts/models/tokens.ts';
import type { Block } from './block.ts';
import { cutText, endOfText } from './cut-text.ts';
import { bytesOf } from './text-size.ts';

export interface Chunker {
  /** The chunks that are full now. */
  add(block: Block): ChunkText[];
  /** What is left. */
  end(): ChunkText[];
}

/** Between blocks of one chunk. */
const separator = '\n\n';
/** Bytes of a beginning that is not worth a cut. */
const leastPiece = 60;
/** Characters of a heading as others show it. */
const longestHeading = 200;

export function createChunker({ size, overlap }: Chunking): Chunker {
  const most = Math.floor(size * bytesPerToken);
  const repeated = Math.floor(overlap * bytesPerToken);
  const path: { level: number; title: string }[] = [];
  let position = 0;
  /** What the next chunk repeats, and what it says by itself. */
  let carried = '';
  let text = '';
  let page: number | undefined;
  /** Nothing but headings is in it: they stay with what comes under them. */
  let bare = true;

  const used = () => bytesOf(carried) + bytesOf(text);

  function flush(carriesOn: boolean): ChunkText[] {
    const made: ChunkText[] = [];
    const whole = (carried + text).trimEnd();
    if (text.trim() !== '')
      made.push({
        ...{ position: position++, text: whole, overlap: carried.length },
        headings: path.map(({ title }) => title),
        ...(page !== undefined && { page }),
        tokens: Math.ceil(bytesOf(whole) / bytesPerToken),
      });
    // Of what it says by itself: what it repeated is not repeated once more.
    carried = carriesOn ? endOfText(text, Math.min(repeated, bytesOf(text) / 2)) : '';
    if (carried.trim() === '') carried = '';
    text = '';
    page = undefined;
    bare = true;
    return made;
  }

  function put(piece: string, of: Block, glue: string): void {
    const begins = text === '' && carried === '';
    if (text === '') page = of.page;
    text += begins ? piece.trimStart() : glue + piece;
    if (!of.heading) bare = false;
  }

  /** Of a block that is too long for one chunk: what is left of the one that is open, then whole ones. */
  function putInPieces(block: Block): ChunkText[] {
    const made: ChunkText[] = [];
    const room = () => most - used() - separator.length;
    if (room() < leastPiece || (!bare && used() > most / 2)) made.push(...flush(!bare));
    for (const [index, piece] of cutText(block.text, room(), most - repeated).entries()) {
      if (index > 0) made.push(...flush(true));
      put(piece, block, index > 0 ? '' : separator);
    }
    return made;
  }

  return {
    add(block) {
      if (block.text.trim() === '') return [];
      const made: ChunkText[] = [];
      if (block.heading) {
        if (!bare) made.push(...flush(false));
        carried = '';
        openHeading(path, block.heading);
      }
      const bytes = bytesOf(block.text) + separator.length;
      if (used() + bytes > most) {
        if (bytes > most || (bare && text !== '')) return [...made, ...putInPieces(block)];
        made.push(...flush(true));
        // What is repeated gives way to what is said.
        if (used() + bytes > most) carried = '';
      }
      put(block.text, block, separator);
      return made;
    },
    end: () => flush(false),
  };
}

function openHeading(
  path: { level: number; title: string }[],
  { level, title }: { level: number; title: string },
) {
  while (path.length > 0 && (path.at(-1)?.level ?? 0) >= level) path.pop();
  path.push({ level, title: title.slice(0, longestHeading) });
}
