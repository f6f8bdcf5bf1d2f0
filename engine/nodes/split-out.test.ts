import { describe, expect, it } from '@jest/globals';
import { splitOut } from '../../contracts/catalogue/split-out.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { runListNode } from './test-lists.ts';

const split = (given: JsonObject, list: JsonObject[]) =>
  runListNode('split-out', splitOut.parameters.parse(given), list);
const order = { id: 7, lines: [{ sku: 'a' }, { sku: 'b' }], who: { name: 'Ana', tags: ['x', 'y'] } };

describe('split-out', () => {
  it.each<[string, JsonObject, JsonObject[], JsonObject[]]>([
    ['objects become the items', { fields: 'lines' }, [order], [{ sku: 'a' }, { sku: 'b' }]],
    ['other entries keep the name', { fields: 'n' }, [{ n: [1, null] }], [{ n: 1 }, { n: null }]],
    [
      'a list found by its path stays in its place',
      { fields: 'who.tags' },
      [order],
      [{ who: { tags: 'x' } }, { who: { tags: 'y' } }],
    ],
    [
      'all other fields',
      { fields: 'who.tags', include: 'all' },
      [{ id: 7, who: { name: 'Ana', tags: ['x', 'y'] } }],
      [
        { id: 7, who: { name: 'Ana', tags: 'x' } },
        { id: 7, who: { name: 'Ana', tags: 'y' } },
      ],
    ],
    [
      'some other fields, under another name',
      { fields: 'lines', include: 'selected', includeFields: 'id, who.name, none', as: 'line' },
      [order],
      [
        { id: 7, who: { name: 'Ana' }, line: { sku: 'a' } },
        { id: 7, who: { name: 'Ana' }, line: { sku: 'b' } },
      ],
    ],
    [
      'lists side by side, the shorter filled up',
      { fields: 'a,b' },
      [{ a: [1, 2, 3], b: [4] }],
      [
        { a: 1, b: 4 },
        { a: 2, b: null },
        { a: 3, b: null },
      ],
    ],
    ['the values of an object', { fields: 'o' }, [{ o: { x: 1, y: 2 } }], [{ o: 1 }, { o: 2 }]],
    ['a single value is a list of one', { fields: 'v' }, [{ v: 'one' }], [{ v: 'one' }]],
    ['nothing comes of empty and missing lists', { fields: 'l' }, [{ l: [] }, { l: null }, {}], []],
    ['a name with dots', { fields: 'No.' }, [{ 'No.': [1] }], [{ 'No.': 1 }]],
  ])('%s', (_, given, list, expected) => {
    expect(split(given, list).map(({ item }) => item.json)).toEqual(expected);
  });

  it('pairs each with the item whose list it was in', () => {
    expect(split({ fields: 'l' }, [{ l: [1, 2] }, { l: [] }, { l: [3] }]).map(({ from }) => from)).toEqual([
      [0],
      [0],
      [2],
    ]);
  });

  it('says so when no item has the list, and refuses more than a step may give', () => {
    expect(() => split({ fields: 'lines' }, [{ line: [] }, {}])).toThrow('has a field "lines"');
    const wide = { l: Array.from({ length: 60_000 }, (_, n) => n) };
    expect(() => split({ fields: 'l' }, [wide, wide])).toThrow('100000 is the limit');
    expect(split({ fields: 'l' }, [wide])).toHaveLength(60_000);
  });
});
