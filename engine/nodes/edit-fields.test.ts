import { describe, expect, it } from '@jest/globals';
import { type assignmentTypes, editFields } from '../../contracts/catalogue/edit-fields.ts';
import type { JsonObject, JsonValue } from '../../contracts/json.ts';
import { createBudget } from '../expressions/index.ts';
import { runEditFields } from './edit-fields.ts';

type Args = Parameters<typeof runEditFields>[0];

function edit(json: JsonObject, given: JsonObject): JsonObject {
  const parameters = editFields.parameters.parse(given) as Args['parameters'];
  const [made] = runEditFields({
    item: { json },
    parameters,
    budget: createBudget(),
    timezone: 'UTC',
    now: 0,
  });
  expect(made?.port).toBe('main');
  return made!.item.json;
}

const set = (name: string, value: JsonValue, type: (typeof assignmentTypes)[number] = 'any') => ({
  assignments: [{ name, value, type }],
});

describe('edit-fields', () => {
  it.each<[string, JsonObject, JsonObject, JsonObject]>([
    ['adds a field', { a: 1 }, set('b', 2), { a: 1, b: 2 }],
    ['replaces a field', { a: 1 }, set('a', 2), { a: 2 }],
    ['makes the way to a deep field', {}, set('a.b.c', 1), { a: { b: { c: 1 } } }],
    ['keeps what is beside a deep field', { a: { x: 1 } }, set('a.y', 2), { a: { x: 1, y: 2 } }],
    ['sets an entry of a list', { a: [{ p: 1 }, { p: 2 }] }, set('a[1].p', 9), { a: [{ p: 1 }, { p: 9 }] }],
    ['drops the others', { a: 1 }, { ...set('b', 2), keepOthers: false }, { b: 2 }],
    [
      'removes fields, deep ones too',
      { a: 1, b: { c: 1, d: 2 } },
      { remove: 'a, b.c, none' },
      { b: { d: 2 } },
    ],
    ['removes what it set', {}, { ...set('a', 1), remove: 'a' }, {}],
    ['takes JSON as text', { a: 1 }, { mode: 'json', json: '{ "b": [1] }' }, { a: 1, b: [1] }],
    ['takes JSON as an object', { a: 1 }, { mode: 'json', json: { a: 2 } }, { a: 2 }],
    ['leaves the assignments of the other mode', {}, { mode: 'json', ...set('a', 1) }, {}],
  ])('%s', (_, json, given, expected) => {
    expect(edit(json, given)).toEqual(expected);
  });

  it.each<[JsonValue, (typeof assignmentTypes)[number], JsonValue]>([
    [1, 'string', '1'],
    [null, 'string', ''],
    [{ a: 1 }, 'string', '{"a":1}'],
    ['1.5', 'number', 1.5],
    [' 7 ', 'number', 7],
    [true, 'number', 1],
    ['no', 'boolean', false],
    ['anything', 'boolean', true],
    [0, 'boolean', false],
    ['[1,2]', 'array', [1, 2]],
    [[1], 'array', [1]],
    ['{"a":1}', 'object', { a: 1 }],
    [{ a: 1 }, 'object', { a: 1 }],
  ])('%j as %s is %j', (value, type, expected) => {
    expect(edit({}, set('it', value, type))).toEqual({ it: expected });
  });

  it.each<[JsonValue, (typeof assignmentTypes)[number], string]>([
    ['many', 'number', '"it" should be a number, but is "many".'],
    ['', 'number', '"it" should be a number, but is "".'],
    ['{}', 'array', '"it" should be a list, but is "{}".'],
    ['[', 'array', '"it" should be JSON, but is "[".'],
    [[1], 'object', '"it" should be an object, but is [1].'],
  ])('%j as %s fails and says why', (value, type, message) => {
    expect(() => edit({}, set('it', value, type))).toThrow(message);
  });

  it('fails on JSON that is no object', () => {
    expect(() => edit({}, { mode: 'json', json: '[1]' })).toThrow(
      '"JSON" should be an object, but is "[1]".',
    );
  });

  it('never changes the item it was given, however deep', () => {
    const json = { a: { b: [1, { c: 1 }] }, d: { e: 1 } };
    const before = structuredClone(json);
    edit(json, { ...set('a.b[1].c', 2), remove: 'd.e' });
    expect(json).toEqual(before);
  });

  it('takes names that mean something to JavaScript for plain names', () => {
    const made = edit({}, set('__proto__.polluted', 1));
    expect(Object.keys(made)).toEqual(['__proto__']);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect(Object.getPrototypeOf(made)).toBe(Object.prototype);
  });

  it('leaves files and pairing as they are', () => {
    const parameters = editFields.parameters.parse(set('a', 1)) as Args['parameters'];
    const binary = { file: { key: 'k', fileName: 'f', mimeType: 'text/plain', bytes: 1 } };
    const item = { json: {}, binary, pairedItem: { item: 3 } };
    const [made] = runEditFields({ item, parameters, budget: createBudget(), timezone: 'UTC', now: 0 });
    expect(made?.item).toEqual({ json: { a: 1 }, binary, pairedItem: { item: 3 } });
  });
});
