import { describe, expect, it } from '@jest/globals';
import { fileSize } from './file-size.ts';

describe('fileSize', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1_000, '1 kB'],
    [1_449_000, '1.4 MB'],
    [52_000_000, '52 MB'],
    [5_000_000_000_000, '5,000 GB'],
  ])('writes %d as %s', (bytes, text) => {
    expect(fileSize(bytes, 'en')).toBe(text);
  });

  it('writes it in the language of the reader', () => {
    expect(fileSize(1_449_000, 'pt-BR')).toBe('1,4 MB');
  });
});
