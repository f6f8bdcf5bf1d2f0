import { expect, it } from '@jest/globals';
import { lineDiff } from './line-diff.ts';

const signs = { same: ' ', added: '+', removed: '-' };
const shown = (before: string, after: string) =>
  lineDiff(before, after).map(({ kind, text }) => signs[kind] + text);

it('keeps what both have, in order, and says what came and went between', () => {
  expect(shown('a\nb\nc\nd', 'a\nc\nx\nd')).toEqual([' a', '-b', ' c', '+x', ' d']);
  expect(shown('', 'new')).toEqual(['-', '+new']);
  expect(shown('same\ntext', 'same\ntext')).toEqual([' same', ' text']);
});

it('takes texts that are too long to compare as a whole', () => {
  const long = (word: string) => Array.from({ length: 2_500 }, (_, line) => `${word} ${line}`).join('\n');
  const lines = lineDiff(long('one'), long('two'));
  expect(lines.filter(({ kind }) => kind === 'same')).toEqual([]);
  expect(lines).toHaveLength(5_000);
});
