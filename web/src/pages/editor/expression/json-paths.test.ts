import { describe, expect, it } from '@jest/globals';
import { accessor, jsonPaths, pathExpression } from './json-paths.ts';

describe('jsonPaths', () => {
  it('lists parents before children and the first entry of lists', () => {
    const paths = jsonPaths({
      customer: { name: 'Ana', 'e-mail': 'a@b.c' },
      lines: [{ sku: 1 }, { sku: 2 }],
    });
    expect(paths.map(({ path }) => path)).toEqual([
      '.customer',
      '.customer.name',
      '.customer["e-mail"]',
      '.lines',
      '.lines[0]',
      '.lines[0].sku',
    ]);
    expect(paths[1]!.sample).toBe('"Ana"');
  });

  it('stops at 300 paths', () => {
    const wide = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`k${index}`, index]));
    expect(jsonPaths(wide)).toHaveLength(300);
  });
});

describe('pathExpression', () => {
  it('writes what JavaScript reads', () => {
    expect(pathExpression(['lines', 0, 'unit price'])).toBe('{{ $json.lines[0]["unit price"] }}');
    expect(accessor('a"b')).toBe('["a\\"b"]');
  });
});
