import { describe, expect, it } from '@jest/globals';
import { aggregateNode } from '../../contracts/catalogue/aggregate.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { runListNode, thousands } from './test-lists.ts';

const aggregate = (given: JsonObject, list: JsonObject[]) =>
  runListNode('aggregate', aggregateNode.parameters.parse(given), list);
const fields = (...names: (string | [string, string])[]): JsonObject => ({
  fields: names.map(
    (name): JsonObject => (typeof name === 'string' ? { name } : { name: name[0], as: name[1] }),
  ),
});
const people: JsonObject[] = [
  { id: 1, who: { mail: 'a@x' }, tags: ['p', 'q'] },
  { id: 2, who: {}, tags: ['r'] },
  { id: 3, who: { mail: 'c@x' } },
];

describe('aggregate', () => {
  it.each<[string, JsonObject, JsonObject]>([
    ['fields into lists', fields('id', 'who.mail'), { id: [1, 2, 3], mail: ['a@x', 'c@x'] }],
    ['under other names', fields(['who.mail', 'to.mails']), { to: { mails: ['a@x', 'c@x'] } }],
    ['missing as null', { ...fields('who.mail'), keepMissing: true }, { mail: ['a@x', null, 'c@x'] }],
    ['lists of lists', fields('tags'), { tags: [['p', 'q'], ['r']] }],
    ['lists merged', { ...fields('tags'), mergeLists: true }, { tags: ['p', 'q', 'r'] }],
    ['whole items', { mode: 'items' }, { data: people }],
    [
      'some fields of each item',
      { mode: 'items', into: 'all.people', include: 'selected', includeFields: 'who.mail' },
      { all: { people: [{ who: { mail: 'a@x' } }, {}, { who: { mail: 'c@x' } }] } },
    ],
    [
      'all fields but some',
      { mode: 'items', include: 'except', includeFields: 'who, tags' },
      { data: [{ id: 1 }, { id: 2 }, { id: 3 }] },
    ],
  ])('%s', (_, given, expected) => {
    const made = aggregate(given, people);
    expect(made.map(({ item }) => item.json)).toEqual([expected]);
    expect(made[0]!.from).toEqual([0, 1, 2]);
  });

  it('gives nothing for nothing, and takes long lists', () => {
    expect(aggregate({ mode: 'items' }, [])).toEqual([]);
    expect((aggregate(fields('n'), thousands(50_000))[0]!.item.json.n as number[]).length).toBe(50_000);
  });

  it('refuses names that clash or that no item has', () => {
    expect(() => aggregate(fields('id', ['who.mail', 'id']), people)).toThrow('be called "id"');
    expect(() => aggregate(fields('mail'), people)).toThrow('has a field "mail"');
  });

  it('is not complete without a field', () => {
    expect(aggregateNode.check?.(aggregateNode.parameters.parse({}))).toHaveLength(1);
    expect(aggregateNode.check?.(aggregateNode.parameters.parse(fields('id')))).toEqual([]);
  });
});
