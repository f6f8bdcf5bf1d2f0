import { describe, expect, it } from '@jest/globals';
import type { ChunkText } from '../../contracts/knowledge/chunk.ts';
import { createBlockReader } from './block-reader.ts';
import { createChunker } from './chunker.ts';

function chunksOf(text: string, { size = 50, overlap = 0, page = undefined as number | undefined } = {}) {
  const reader = createBlockReader({ markdown: true, page });
  const chunker = createChunker({ size, overlap });
  const blocks = [...reader.add(text), ...reader.end()];
  return [...blocks.flatMap((block) => chunker.add(block)), ...chunker.end()];
}
const shown = (chunks: ChunkText[]) => chunks.map(({ headings, text }) => [headings.join(' > '), text]);
const sentence = (n: number) => `Sentence number ${n} says something.`;
const prose = (from: number, count: number) =>
  Array.from({ length: count }, (_, n) => sentence(from + n)).join(' ');

describe('a document', () => {
  it('is cut at its headings, which stay with what stands under them', () => {
    const text =
      '# Guide\n\nHello.\n\n## Set up\n\n### On Linux\n\nRun it.\n\nThen wait.\n\n## Use #\n\nPress the button.';
    expect(shown(chunksOf(text))).toEqual([
      ['Guide', '# Guide\n\nHello.'],
      ['Guide > Set up > On Linux', '## Set up\n\n### On Linux\n\nRun it.\n\nThen wait.'],
      ['Guide > Use', '## Use #\n\nPress the button.'],
    ]);
  });

  it('with underlined headings and code is read as Markdown means it', () => {
    const text = 'Title\n=====\n\nText.\n\n```sh\n# no heading\n\nls\n```\n\nPart\n----\n- a\n---\n';
    expect(shown(chunksOf(text))).toEqual([
      ['Title', 'Title\n=====\n\nText.\n\n```sh\n# no heading\n\nls\n```'],
      ['Title > Part', 'Part\n----\n\n- a\n---'],
    ]);
  });

  it('is cut between sentences where a paragraph is too long, and repeats the last ones', () => {
    const chunks = chunksOf(`# A\n\n${prose(1, 12)}`, { size: 50, overlap: 12 });
    expect(chunks.length).toBeGreaterThan(2);
    for (const [index, { text, overlap, headings }] of chunks.entries()) {
      expect(headings).toEqual(['A']);
      expect(text).toMatch(/something\.$/);
      if (index > 0) expect(text.slice(0, overlap)).toMatch(/^Sentence number \d+ says something\. ?$/);
    }
  });

  it('keeps rows whole, and the page on which each passage begins', () => {
    const chunker = createChunker({ size: 50, overlap: 0 });
    const rows = Array.from({ length: 9 }, (_, n) => ({
      text: `name: Person ${n}\ncity: Somewhere in the country`,
      page: 1 + Math.floor(n / 3),
    }));
    const chunks = [...rows.flatMap((row) => chunker.add(row)), ...chunker.end()];
    expect(chunks.map(({ page, text }) => [page, text.match(/^name/gm)?.length])).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
  });

  it('of nothing gives nothing', () => {
    expect(chunksOf(' \n\n\t\r\n')).toEqual([]);
    expect(chunksOf('')).toEqual([]);
  });

  it('without a single space is cut all the same', () => {
    const chunks = chunksOf('y'.repeat(100_000), { size: 100 });
    expect(chunks.reduce((sum, { text }) => sum + text.replace(/\s/g, '').length, 0)).toBe(100_000);
    expect(Math.max(...chunks.map(({ tokens }) => tokens))).toBeLessThanOrEqual(100);
  });
});
