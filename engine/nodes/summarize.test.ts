import { describe, expect, it } from '@jest/globals';
import { summarizeNode } from '../../contracts/catalogue/summarize.ts';
import type { JsonObject, JsonValue } from '../../contracts/json.ts';
import { runListNode, thousands } from './test-lists.ts';

const summarize = (given: JsonObject, list: JsonObject[]) =>
  runListNode('summarize', summarizeNode.parameters.parse(given), list);
const value = (operation: string, field = '', more: JsonObject = {}) => ({ operation, field, ...more });
const sales: JsonObject[] = [
  { land: 'BR', kind: 'shop', price: 10, at: { day: '2026-02-01' } },
  { land: 'BR', kind: 'web', price: '2.5', at: { day: '2026-01-01' } },
  { land: 'PT', kind: 'shop', price: 4, at: { day: '2026-03-01' } },
  { kind: 'web', price: '' },
];

describe('summarize', () => {
  it.each<[string, JsonObject, JsonValue]>([
    ['count', value('count'), 4],
    ['count', value('count', 'price'), 3],
    ['count', value('count', 'price', { includeEmpty: true }), 4],
    ['countUnique', value('countUnique', 'kind'), 2],
    ['sum', value('sum', 'price'), 16.5],
    ['average', value('average', 'price'), 5.5],
    ['median', value('median', 'price'), 4],
    ['min', value('min', 'at.day'), '2026-01-01'],
    ['max', value('max', 'at.day'), '2026-03-01'],
    ['first', value('first', 'land'), 'BR'],
    ['last', value('last', 'land'), 'PT'],
    ['last, the empty too', value('last', 'land', { includeEmpty: true }), null],
    ['append', value('append', 'land'), ['BR', 'BR', 'PT']],
    ['concatenate', value('concatenate', 'land'), 'BR, BR, PT'],
    [
      'concatenate, objects and the empty too',
      value('concatenate', 'at', { separator: '|', includeEmpty: true }),
      '{"day":"2026-02-01"}|{"day":"2026-01-01"}|{"day":"2026-03-01"}|',
    ],
  ])('%s of all items: %j gives %j', (_, given, expected) => {
    const [only, ...rest] = summarize({ values: [{ ...given, as: 'it' }] }, sales);
    expect(rest).toEqual([]);
    expect(only).toEqual({ port: 'main', item: { json: { it: expected } }, from: [0, 1, 2, 3] });
  });

  it('groups, in the order in which groups appear', () => {
    const values = [value('sum', 'price'), value('count')];
    const made = summarize({ values, groupBy: 'land' }, sales);
    expect(made.map(({ item }) => item.json)).toEqual([
      { land: 'BR', sum_price: 12.5, count: 2 },
      { land: 'PT', sum_price: 4, count: 1 },
      { land: null, sum_price: 0, count: 1 },
    ]);
    expect(made.map(({ from }) => from)).toEqual([[0, 1], [2], [3]]);
    expect(summarize({ values, groupBy: 'land', withoutGroup: false }, sales)).toHaveLength(2);
  });

  it('gives one item with a field for each group, as deep as there are fields', () => {
    const given = { values: [value('count')], groupBy: 'land, kind', output: 'oneItem', withoutGroup: false };
    expect(summarize(given, sales).map(({ item }) => item.json)).toEqual([
      { BR: { shop: { count: 1 }, web: { count: 1 } }, PT: { shop: { count: 1 } } },
    ]);
    const named = summarize({ ...given, groupBy: 'g' }, [{ g: '__proto__' }, { g: 1 }])[0]!.item.json;
    expect(Object.keys(named)).toEqual(['1', '__proto__']);
  });

  it('names values after their field as n8n does', () => {
    const values = [value('average', 'line.price'), value('append', 'a b'), value('countUnique', 'l[0]')];
    const list = [{ line: { price: 1 }, 'a b': 1, l: [1] }];
    expect(Object.keys(summarize({ values }, list)[0]!.item.json)).toEqual([
      'average_line_price',
      'appended_a_b',
      'unique_count_l0',
    ]);
  });

  it.each<[string, JsonValue]>([
    ['average', null],
    ['median', null],
    ['min', null],
    ['first', null],
    ['sum', 0],
    ['countUnique', 0],
    ['append', []],
    ['concatenate', ''],
  ])('%s of no values is %j', (operation, expected) => {
    expect(summarize({ values: [value(operation, 'x', { as: 'it' })] }, [{ x: null }])[0]!.item.json).toEqual(
      {
        it: expected,
      },
    );
  });

  it.each([
    ['median', [3, 1, 2, 10], 2.5],
    ['min', ['b', 'a', 7], 7],
    ['max', [9, 10], 10],
  ])('the %s of %j is %j', (operation, list, expected) => {
    const items = (list as JsonValue[]).map((x) => ({ x }));
    expect(summarize({ values: [value(operation, 'x')] }, items)[0]!.item.json).toEqual({
      [`${operation}_x`]: expected,
    });
  });

  it('adds up no words, takes no name twice, and says when a field is unknown', () => {
    const words = [{ x: 1 }, { x: 'many' }];
    expect(() => summarize({ values: [value('sum', 'x')] }, words)).toThrow('should be a number');
    const twice = { values: [value('sum', 'x'), value('max', 'x', { as: 'sum_x' })] };
    expect(() => summarize(twice, [{ x: 1 }])).toThrow('be called "sum_x"');
    expect(() => summarize({ values: [value('count')], groupBy: 'y' }, words)).toThrow('has a field "y"');
  });

  it('gives nothing for nothing, and takes long lists', () => {
    expect(summarize({ values: [value('count')] }, [])).toEqual([]);
    expect(summarize({ values: [value('max', 'n')], groupBy: 'n' }, thousands(20_000))).toHaveLength(20_000);
  });

  it('is not complete without a value, or a field to sum', () => {
    const problems = (given: JsonObject) => summarizeNode.check?.(summarizeNode.parameters.parse(given));
    expect(problems({})).toHaveLength(1);
    expect(problems({ values: [value('count'), value('sum')] })?.map(({ path }) => path)).toEqual([
      ['values', 1, 'field'],
    ]);
  });
});
