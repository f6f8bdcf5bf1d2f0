import { expect, it } from '@jest/globals';
import { cutAtWord } from './cut-at-word.ts';

it('keeps what fits, and of the rest no half word', () => {
  expect(cutAtWord('bad token', 9)).toBe('bad token');
  expect(cutAtWord('unknown token eyJhbGciOiJub25lIn0', 20)).toBe('unknown token …');
  expect(cutAtWord('eyJhbGciOiJub25lIn0', 10)).toBe('…');
});
