import { describe, expect, it } from '@jest/globals';
import { readItems } from './read-items.ts';

describe('readItems', () => {
  it.each([
    ['{"a":1}', [{ json: { a: 1 } }]],
    ['[{"a":1},{"a":2}]', [{ json: { a: 1 } }, { json: { a: 2 } }]],
    ['[{"json":{"a":1}}]', [{ json: { a: 1 } }]],
    ['{"json":1,"a":2}', [{ json: { json: 1, a: 2 } }]],
    ['[]', []],
  ])('reads %s', (text, items) => {
    expect(readItems(text)).toEqual({ kind: 'items', items });
  });

  it('says what is wrong', () => {
    expect(readItems('{oops').kind).toBe('notJson');
    expect(readItems('[1, 2]').kind).toBe('notItems');
  });
});
