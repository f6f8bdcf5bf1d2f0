import { describe, expect, it } from '@jest/globals';
import { renameFields } from '../../contracts/catalogue/rename-fields.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { createBudget } from '../expressions/index.ts';
import { runRenameFields } from './rename-fields.ts';

type Args = Parameters<typeof runRenameFields>[0];

function rename(json: JsonObject, ...pairs: [from: string, to: string][]): JsonObject {
  const fields = pairs.map(([from, to]) => ({ from, to }));
  const parameters = renameFields.parameters.parse({ fields }) as Args['parameters'];
  const before = structuredClone(json);
  const [made] = runRenameFields({
    item: { json },
    parameters,
    budget: createBudget(),
    timezone: 'UTC',
    now: 0,
  });
  expect(json).toEqual(before);
  expect(made?.port).toBe('main');
  return made!.item.json;
}

describe('rename-fields', () => {
  it.each<[string, JsonObject, [string, string][], JsonObject]>([
    ['gives another name', { a: 1, b: 2 }, [['a', 'c']], { b: 2, c: 1 }],
    ['leaves what is not there', { a: 1 }, [['b', 'c']], { a: 1 }],
    ['leaves what keeps its name', { a: 1 }, [['a', 'a']], { a: 1 }],
    [
      'renames null, false and empty text',
      { a: null, b: false, c: '' },
      [
        ['a', 'x'],
        ['b', 'y'],
        ['c', 'z'],
      ],
      { x: null, y: false, z: '' },
    ],
    ['takes the place of what had the name', { a: 1, b: 2 }, [['a', 'b']], { b: 1 }],
    [
      'one after the other',
      { a: 1 },
      [
        ['a', 'b'],
        ['b', 'c'],
      ],
      { c: 1 },
    ],
    ['takes out of an object', { a: { b: 1, c: 2 } }, [['a.b', 'b']], { a: { c: 2 }, b: 1 }],
    ['puts into an object', { a: 1, o: { p: 1 } }, [['a', 'o.a']], { o: { p: 1, a: 1 } }],
    ['makes the object', { a: 1 }, [['a', 'x.y.z']], { x: { y: { z: 1 } } }],
    ['puts a field into itself', { a: 1 }, [['a', 'a.b']], { a: { b: 1 } }],
    ['puts a field in place of its object', { a: { b: 1, c: 2 } }, [['a.b', 'a']], { a: 1 }],
    [
      'renames within an entry of a list',
      { l: [{ p: 1 }, { p: 2 }] },
      [['l[1].p', 'l[1].price']],
      { l: [{ p: 1 }, { price: 2 }] },
    ],
    [
      'leaves null where it takes an entry of a list',
      { l: [1, 2] },
      [
        ['l[0]', 'first'],
        ['l[1]', 'second'],
      ],
      { l: [null, null], first: 1, second: 2 },
    ],
    ['leaves what is no list', { l: 'text' }, [['l[0]', 'first']], { l: 'text' }],
    [
      'takes a name with dots for a name first',
      { 'Nº.': 7, 'a.b': 1, a: { b: 2 } },
      [
        ['Nº.', 'number'],
        ['a.b', 'c'],
      ],
      { a: { b: 2 }, number: 7, c: 1 },
    ],
    [
      'knows unicode',
      { título: 'x', 名: 'y' },
      [
        ['título', 'título 😀'],
        ['名', 'name'],
      ],
      { 'título 😀': 'x', name: 'y' },
    ],
    ['does nothing without fields', { a: 1 }, [], { a: 1 }],
  ])('%s', (_, json, pairs, expected) => {
    expect(rename(json, ...pairs)).toEqual(expected);
  });

  it('takes names that mean something to JavaScript for plain names', () => {
    const made = rename({ a: 1 }, ['a', '__proto__'], ['constructor', 'b']);
    expect(Object.keys(made)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(made)).toBe(Object.prototype);
  });

  it.each([{ from: '', to: 'a' }, { from: 'a', to: '' }, { from: 'a' }])('refuses %j', (pair) => {
    expect(renameFields.parameters.safeParse({ fields: [pair] }).success).toBe(false);
  });

  it('leaves files as they are', () => {
    const binary = { file: { key: 'k', fileName: 'f', mimeType: 'text/plain', bytes: 1 } };
    const item = { json: { a: 1 }, binary, pairedItem: { item: 3 } };
    const parameters = renameFields.parameters.parse({
      fields: [{ from: 'a', to: 'b' }],
    }) as Args['parameters'];
    const [made] = runRenameFields({ item, parameters, budget: createBudget(), timezone: 'UTC', now: 0 });
    expect(made?.item).toEqual({ json: { b: 1 }, binary, pairedItem: { item: 3 } });
  });
});
