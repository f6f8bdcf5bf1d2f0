import { describe, expect, it } from '@jest/globals';
import { searchNodeTypes } from './search-node-types.ts';

const found = (search: string) => searchNodeTypes(search).map(({ type }) => type);

describe('searchNodeTypes', () => {
  it('finds by label in both languages, with or without accents', () => {
    expect(found('http')[0]).toBe('http-request');
    expect(found('requisicao')[0]).toBe('http-request');
    expect(found('Código')[0]).toBe('code');
  });

  it('finds by keyword, after labels', () => {
    expect(found('cron')).toContain('schedule-trigger');
    expect(found('if')[0]).toBe('if');
  });

  it('needs every word', () => {
    expect(found('http zebra')).toEqual([]);
  });

  it('gives everything for nothing', () => {
    expect(found('').length).toBeGreaterThan(10);
  });
});
