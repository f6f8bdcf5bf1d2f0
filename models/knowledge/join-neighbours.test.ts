import { expect, it } from '@jest/globals';
import { joinNeighbours, type ScoredPassage } from './join-neighbours.ts';

const chunk = (position: number, fused: number, more: Partial<ScoredPassage> = {}): ScoredPassage => ({
  ...{ chunk: `c${position}`, base: 'b', document: 'd', name: 'a.md', position, headings: [`H${position}`] },
  ...{ text: `Part ${position}.`, overlap: 0, scores: { fused } },
  ...more,
});
const joined = (found: ScoredPassage[], most = 9) =>
  joinNeighbours(found, most).map(({ chunks, text, scores }) => [chunks.join(), text, scores.fused]);

it('joins what follows each other, in the order of the text and the place of the better one', () => {
  expect(joined([chunk(4, 0.9), chunk(9, 0.8), chunk(3, 0.7), chunk(5, 0.6)])).toEqual([
    ['c3,c4,c5', 'Part 3.\n\nPart 4.\n\nPart 5.', 0.9],
    ['c9', 'Part 9.', 0.8],
  ]);
});

it('joins two passages by the one between them', () => {
  expect(joined([chunk(1, 0.9), chunk(3, 0.8), chunk(2, 0.7)])).toEqual([
    ['c1,c2,c3', 'Part 1.\n\nPart 2.\n\nPart 3.', 0.9],
  ]);
});

it('says once what neighbours repeat, and begins where the first of them does', () => {
  const [passage] = joinNeighbours(
    [chunk(2, 0.9, { text: 'same. More.', overlap: 6 }), chunk(1, 0.8, { text: 'It is the same.', page: 7 })],
    9,
  );
  expect(passage).toMatchObject({ text: 'It is the same. More.', position: 1, page: 7, headings: ['H1'] });
});

it('keeps documents apart, and gives no more passages than are wanted', () => {
  const other = chunk(2, 0.8, { document: 'e', chunk: 'e2' });
  expect(joined([chunk(1, 0.9), other, chunk(7, 0.7), chunk(2, 0.6)], 2).map(([ids]) => ids)).toEqual([
    'c1,c2',
    'e2',
  ]);
});
