import { describe, expect, it } from '@jest/globals';
import { mergeNode } from '../../contracts/catalogue/merge.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { untraced } from '../items/traced.ts';
import { type MergeParameters, runMerge } from './merge.ts';

const parametersOf = (given: JsonObject) => mergeNode.parameters.parse(given) as MergeParameters;
const list = (...values: JsonObject[]) => values.map((json) => untraced({ json }));

function join(given: JsonObject, ...inputs: JsonObject[][]) {
  return runMerge({
    parameters: parametersOf(given),
    inputs: inputs.map((values) => list(...values)),
    maxItems: 100_000,
  });
}

const a = { id: 1, a: 'x' };
const b = { id: 2, a: 'y' };

describe('merge', () => {
  it.each<[string, JsonObject, JsonObject[][], JsonObject[]]>([
    ['append', { mode: 'append' }, [[a], [], [b]], [a, b]],
    ['append nothing', { mode: 'append' }, [[], []], []],
    ['choose', { mode: 'choose', choose: 2 }, [[a], [b]], [b]],
    ['choose an input that never came', { mode: 'choose', choose: 2 }, [[a], []], []],
    ['choose an input that is not there', { mode: 'choose', choose: 9 }, [[a], [b]], []],
    [
      'position',
      { mode: 'position' },
      [
        [a, b],
        [{ n: 1 }, { n: 2 }],
      ],
      [
        { ...a, n: 1 },
        { ...b, n: 2 },
      ],
    ],
    ['position, one list longer', { mode: 'position' }, [[a, b], [{ n: 1 }]], [{ ...a, n: 1 }, b]],
    ['position, later fields win', { mode: 'position' }, [[a], [{ id: 9 }]], [{ id: 9, a: 'x' }]],
    [
      'every pair',
      { mode: 'all' },
      [
        [a, b],
        [{ n: 1 }, { n: 2 }],
      ],
      [
        { ...a, n: 1 },
        { ...a, n: 2 },
        { ...b, n: 1 },
        { ...b, n: 2 },
      ],
    ],
    ['every pair with an empty list', { mode: 'all' }, [[a], []], []],
    ['fields', { mode: 'fields' }, [[a, b], [{ id: 2, n: 2 }]], [{ ...b, n: 2 }]],
    [
      'fields, many partners',
      { mode: 'fields' },
      [
        [a],
        [
          { id: 1, n: 1 },
          { id: 1, n: 2 },
        ],
      ],
      [
        { ...a, n: 1 },
        { ...a, n: 2 },
      ],
    ],
    [
      'fields, all of input 1',
      { mode: 'fields', keep: 'first' },
      [[a, b], [{ id: 2, n: 2 }]],
      [a, { ...b, n: 2 }],
    ],
    ['fields, everything', { mode: 'fields', keep: 'everything' }, [[a], [{ id: 3 }]], [a, { id: 3 }]],
    [
      'fields from three inputs',
      { mode: 'fields' },
      [[a], [{ id: 1, n: 1 }], [{ id: 1, m: 1 }]],
      [
        { ...a, n: 1 },
        { ...a, m: 1 },
      ],
    ],
    [
      'two fields, one deep',
      { mode: 'fields', match: 'id, at.day' },
      [
        [{ id: 1, at: { day: 2 } }],
        [
          { id: 1, at: { day: 3 } },
          { id: 1, at: { day: 2 }, hit: true },
        ],
      ],
      [{ id: 1, at: { day: 2 }, hit: true }],
    ],
    [
      'absent fields match each other as null',
      { mode: 'fields', match: 'none' },
      [[{ p: 1 }], [{ q: 2 }]],
      [{ p: 1, q: 2 }],
    ],
    ['a number is not the text of it', { mode: 'fields' }, [[{ id: 1 }], [{ id: '1' }]], []],
  ])('%s', (_, given, inputs, expected) => {
    expect(join(given, ...inputs).map(({ item }) => item.json)).toEqual(expected);
  });

  it('says what each item was made of, by input', () => {
    const [joined] = join({ mode: 'position' }, [a], [b]);
    expect(joined?.item.pairedItem).toEqual([
      { item: 0, input: 'input1' },
      { item: 0, input: 'input2' },
    ]);
    expect(joined?.parents.map(({ item }) => item.json)).toEqual([a, b]);
    expect(join({}, [a], [b])[1]?.item.pairedItem).toEqual({ item: 0, input: 'input2' });
  });

  it('keeps the files of both sides', () => {
    const file = (key: string) => ({ key, fileName: key, mimeType: 'text/plain', bytes: 1 });
    const inputs = [
      [untraced({ json: {}, binary: { left: file('l') } })],
      [untraced({ json: {}, binary: { right: file('r') } })],
    ];
    const [joined] = runMerge({ parameters: parametersOf({ mode: 'position' }), inputs, maxItems: 10 });
    expect(joined?.item.binary).toEqual({ left: file('l'), right: file('r') });
  });

  it('changes none of its items', () => {
    const first = Object.freeze({ ...a });
    join({ mode: 'position' }, [first], [{ id: 5 }]);
    expect(first).toEqual(a);
  });

  it.each<[string, JsonObject, number[], boolean]>([
    ['every pair of two long lists', { mode: 'all' }, [1_000, 1_000], true],
    ['every pair within the limit', { mode: 'all' }, [10, 10], false],
    ['a key that all items share', { mode: 'fields', match: 'same' }, [200, 200], true],
    ['lists side by side', { mode: 'position' }, [100, 100], false],
  ])('refuses an explosion before it is built: %s', (_, given, sizes, refused) => {
    const inputs = sizes.map((size) => list(...Array.from({ length: size }, (_item, n) => ({ n, same: 1 }))));
    const work = () => runMerge({ parameters: parametersOf(given), inputs, maxItems: 1_000 });
    if (refused) expect(work).toThrow(/1000 is the limit/);
    else expect(work().length).toBeLessThanOrEqual(1_000);
  });
});
