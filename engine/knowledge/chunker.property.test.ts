/** Properties of the chunker over any document: nothing is lost, nothing comes twice, nothing is too long, and nothing leaves its heading. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ChunkText } from '../../contracts/knowledge/chunk.ts';
import type { Chunking } from '../../contracts/knowledge/knowledge-base.ts';
import { bytesPerToken } from '../../contracts/models/tokens.ts';
import type { Block } from './block.ts';
import { createBlockReader } from './block-reader.ts';
import { createChunker } from './chunker.ts';
import { bytesOf } from './text-size.ts';

const word = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
  fc.constantFrom(
    'the',
    'sentence.',
    'ends?',
    'ação',
    '文章。',
    '👩‍👩‍👧',
    'x'.repeat(400),
    '\n',
    '#',
    '```',
    '- ',
  ),
);
const passage = fc.array(word, { minLength: 1, maxLength: 200 }).map((words) => words.join(' '));
const heading = fc.record({
  level: fc.integer({ min: 1, max: 6 }),
  title: fc.string({ minLength: 1, maxLength: 300 }).map((title) => `T${title.trim()}`),
});
const block: fc.Arbitrary<Block> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ text: passage, page: fc.option(fc.nat(9), { nil: undefined }) }) },
  {
    weight: 1,
    arbitrary: heading.map(({ level, title }) => ({
      text: `${'#'.repeat(level)} ${title}`,
      heading: { level, title },
    })),
  },
);
const settings: fc.Arbitrary<Chunking> = fc
  .record({ size: fc.integer({ min: 50, max: 300 }), share: fc.double({ min: 0, max: 0.5, noNaN: true }) })
  .map(({ size, share }) => ({ size, overlap: Math.floor(size * share) }));

function cut(blocks: readonly Block[], chunking: Chunking): ChunkText[] {
  const chunker = createChunker(chunking);
  return [...blocks.flatMap((each) => chunker.add(each)), ...chunker.end()];
}
const withoutSpace = (text: string) => text.replace(/\s+/g, '');
const own = ({ text, overlap }: ChunkText) => text.slice(overlap);

describe('the chunker', () => {
  it('loses no text and doubles none, whatever is cut how', () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 30 }), settings, (blocks, chunking) => {
        const chunks = cut(blocks, chunking);
        const said = withoutSpace(blocks.map(({ text }) => text).join(''));
        expect(withoutSpace(chunks.map(own).join(''))).toBe(said);
        expect(chunks.map(({ position }) => position)).toEqual(chunks.map((_, index) => index));
      }),
    );
  });

  it('gives no chunk that is longer than it may be, and none that is empty', () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 30 }), settings, (blocks, chunking) => {
        for (const { text, overlap, tokens } of cut(blocks, chunking)) {
          expect(tokens).toBe(Math.ceil(bytesOf(text) / bytesPerToken));
          expect(tokens).toBeLessThanOrEqual(chunking.size);
          expect(bytesOf(text.slice(0, overlap))).toBeLessThanOrEqual(chunking.overlap * bytesPerToken);
          expect(text.slice(overlap).trim()).not.toBe('');
          expect(text.isWellFormed()).toBe(true);
        }
      }),
    );
  });

  it('repeats only what stands at the end of the chunk before, and under the same headings', () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 30 }), settings, (blocks, chunking) => {
        const chunks = cut(blocks, chunking);
        for (const [index, { text, overlap, headings }] of chunks.entries()) {
          if (overlap === 0) continue;
          const before = chunks[index - 1];
          expect(before?.text.endsWith(text.slice(0, overlap).trimEnd())).toBe(true);
          expect(before?.headings).toEqual(headings);
        }
      }),
    );
  });

  it('cuts the same however the text arrives', () => {
    const pieces = fc.array(fc.nat(60), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(passage, pieces, fc.boolean(), (text, lengths, markdown) => {
        const whole = createBlockReader({ markdown });
        const expected = [...whole.add(text), ...whole.end()];
        const reader = createBlockReader({ markdown });
        const blocks: Block[] = [];
        let at = 0;
        for (const length of lengths) {
          blocks.push(...reader.add(text.slice(at, at + length)));
          at += length;
        }
        blocks.push(...reader.add(text.slice(at)), ...reader.end());
        expect(blocks).toEqual(expected);
        expect(withoutSpace(blocks.map((each) => each.text).join(''))).toBe(withoutSpace(text));
      }),
    );
  });
});
