import { describe, expect, it } from '@jest/globals';
import { sortNode } from '../../contracts/catalogue/sort.ts';
import type { JsonObject, JsonValue } from '../../contracts/json.ts';
import { runListNode, thousands } from './test-lists.ts';

const sort = (given: JsonObject, list: JsonObject[]) =>
  runListNode('sort', sortNode.parameters.parse(given), list);
const by = (name: string, order = 'ascending') => ({ name, order });
const order = (given: JsonObject, list: JsonObject[]) => sort(given, list).map(({ from }) => from[0]);

const values = (list: JsonValue[], direction = 'ascending', more: JsonObject = {}) =>
  sort(
    { fields: [by('v', direction)], ...more },
    list.map((v) => ({ v })),
  ).map(({ item }) => item.json.v);

describe('sort', () => {
  it.each<[string, JsonValue[], JsonValue[]]>([
    ['numbers by value', [10, 9, -1, 1.5, 100], [-1, 1.5, 9, 10, 100]],
    ['text by its characters', ['b', 'a', 'ab', ''], ['', 'a', 'ab', 'b']],
    ['numbers in text as text', ['10', '9', '1'], ['1', '10', '9']],
    ['text whatever its case', ['b', 'A', 'C'], ['A', 'b', 'C']],
    ['accents beside their letter', ['zé', 'água', 'azul', 'bola'], ['azul', 'água', 'bola', 'zé']],
    ['both ways to write an accent alike', ['e\u0301b', 'éa'], ['éa', 'e\u0301b']],
    ['other scripts and emoji', ['日本', '😀', 'я', 'a'], ['a', 'я', '日本', '😀']],
    ['false before true', [true, false, true], [false, true, true]],
    ['kinds apart', [null, { a: 1 }, true, '5', 7, [2]], [7, '5', true, [2], { a: 1 }, null]],
    ['dates as ISO writes them', ['2026-03-01', '2025-12-31'], ['2025-12-31', '2026-03-01']],
  ])('puts %s', (_, given, expected) => {
    expect(values(given)).toEqual(expected);
  });

  it('descends, but for what is missing', () => {
    expect(values([1, null, 'a', 3], 'descending')).toEqual(['a', 3, 1, null]);
    const list: JsonObject[] = [{ a: 1 }, {}, { a: 2 }, { a: null }];
    expect(order({ fields: [by('a', 'descending')] }, list)).toEqual([2, 0, 1, 3]);
    expect(order({ fields: [by('a')] }, list)).toEqual([0, 2, 1, 3]);
  });

  it('tells upper from lower case where that is wanted', () => {
    expect(values(['b', 'A', 'a'], 'ascending', { ignoreCase: false })).toEqual(['A', 'a', 'b']);
  });

  it('goes by the next field where one is the same, and keeps the order where all are', () => {
    const list = [
      { city: 'Rio', n: 1 },
      { city: 'rio', n: 3 },
      { city: 'Ica', n: 2 },
      { city: 'Rio', n: 3 },
    ];
    expect(order({ fields: [by('city'), by('n', 'descending')] }, list)).toEqual([2, 1, 3, 0]);
    expect(order({ fields: [by('city', 'descending')] }, list)).toEqual([0, 1, 3, 2]);
    expect(order({}, list)).toEqual([0, 1, 2, 3]);
  });

  it('reaches into lists and objects, and takes a name with dots for a name first', () => {
    const list = [{ a: { b: [{ p: 2 }] } }, { a: 'none' }, { a: { b: [{ p: 1 }] } }];
    expect(order({ fields: [by('a.b[0].p')] }, list)).toEqual([2, 0, 1]);
    expect(order({ fields: [by('No.')] }, [{ 'No.': 2 }, { 'No.': 1 }])).toEqual([1, 0]);
  });

  it('says when no item has the field; a single one may lack it', () => {
    const work = () => sort({ fields: [by('a'), by('prise')] }, [{ a: 1 }, { a: 2 }]);
    expect(work).toThrow('None of the 2 items has a field "prise".');
    expect(order({ fields: [by('prise')] }, [{ a: 1 }])).toEqual([0]);
    expect(order({ fields: [by('prise')] }, [])).toEqual([]);
  });

  it('takes 10,000 items', () => {
    const list = thousands(10_000).map(({ n }) => ({ n: (Number(n) * 7_919) % 10_000 }));
    expect(sort({ fields: [by('n')] }, list).map(({ item }) => item.json)).toEqual(thousands(10_000));
  });
});
