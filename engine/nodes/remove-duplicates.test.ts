import { describe, expect, it } from '@jest/globals';
import { removeDuplicates } from '../../contracts/catalogue/remove-duplicates.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { runListNode, thousands } from './test-lists.ts';

const kept = (given: JsonObject, list: JsonObject[]) =>
  runListNode('remove-duplicates', removeDuplicates.parameters.parse(given), list).map(({ item, from }) => {
    expect(item.json).toBe(list[from[0]!]);
    return from[0];
  });
const selected = (fields: string) => ({ compare: 'selectedFields', fields });
const except = (fields: string) => ({ compare: 'allFieldsExcept', fields });

describe('remove-duplicates', () => {
  it.each<[string, JsonObject, JsonObject[], number[]]>([
    ['the first of those that are the same', {}, [{ a: 1 }, { a: 2 }, { a: 1 }], [0, 1]],
    [
      'one, whatever the order of the keys',
      {},
      [
        { a: 1, b: { c: 1, d: 2 } },
        { b: { d: 2, c: 1 }, a: 1 },
      ],
      [0],
    ],
    ['lists in another order apart', {}, [{ a: [1, 2] }, { a: [2, 1] }], [0, 1]],
    ['types apart', {}, [{ a: 1 }, { a: '1' }, { a: true }, { a: 'true' }], [0, 1, 2, 3]],
    ['null and nothing apart', {}, [{ a: null }, {}, { a: '' }, {}, { a: null }], [0, 1, 2]],
    ['unicode apart', {}, [{ a: 'é' }, { a: 'e' }, { a: '😀' }, { a: 'é' }], [0, 1, 2]],
    ['text that looks like JSON apart', {}, [{ a: '{"b":1}' }, { a: { b: 1 } }], [0, 1]],
    ['one for each value of a field', selected('a'), [{ a: 1, n: 1 }, { a: 1, n: 2 }, { a: 2 }], [0, 2]],
    [
      'one for each pair of values',
      selected(' a , b.c[0] ,'),
      [
        { a: 1, b: { c: [1, 5] } },
        { a: 1, b: { c: [2] } },
        { a: 1, b: { c: [1] } },
        { a: 1, b: 'c' },
      ],
      [0, 1, 3],
    ],
    [
      'values of one field from those of the next',
      selected('a,b'),
      [
        { a: 'x\n', b: 'y' },
        { a: 'x', b: '\ny' },
      ],
      [0, 1],
    ],
    ['one that lacks the field', selected('a'), [{ n: 1 }, { a: 1 }, { n: 2 }], [0, 1]],
    [
      'one where all else is the same',
      except('at'),
      [{ a: 1, at: 1 }, { a: 1, at: 2 }, { a: 1 }, { a: 2 }],
      [0, 3],
    ],
    [
      'one where all else is the same, deep down',
      except('m.at, l[0].at'),
      [
        { m: { at: 1, k: 1 }, l: [{ at: 1 }] },
        { m: { at: 2, k: 1 }, l: [{ at: 2 }] },
        { m: { at: 2, k: 2 }, l: [{ at: 2 }] },
      ],
      [0, 2],
    ],
    ['all but none', {}, [], []],
  ])('keeps %s', (_, given, list, expected) => {
    expect(kept(given, list)).toEqual(expected);
  });

  it('loses nothing to a field that is misspelt or left out', () => {
    const list = [{ id: 1 }, { id: 2 }];
    expect(() => kept(selected('idd'), list)).toThrow('None of the 2 items has a field "idd".');
    expect(() => kept(selected(' , '), list)).toThrow('No fields to compare are given.');
    expect(kept(selected('idd'), [{ id: 1 }])).toEqual([0]);
  });

  it('takes 10,000 items', () => {
    const list = thousands(10_000).map(({ n }) => ({
      n: Number(n) % 5_000,
      of: { list: [Number(n) % 5_000] },
    }));
    expect(kept({}, list)).toHaveLength(5_000);
    expect(kept(selected('of.list[0]'), list)).toHaveLength(5_000);
  });
});
