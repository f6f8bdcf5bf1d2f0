import { describe, expect, it } from '@jest/globals';
import { compareNode } from '../../contracts/catalogue/compare.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { untraced } from '../items/traced.ts';
import { joinNodes } from './index.ts';

function compare(given: JsonObject, a: JsonObject[], b: JsonObject[], maxItems = 100_000) {
  const inputs = [a, b].map((list) => list.map((json) => untraced({ json: Object.freeze(json) })));
  return joinNodes.compare!({ inputs, parameters: compareNode.parameters.parse(given), maxItems });
}

/** What came out, by port. */
function sorted(given: JsonObject, a: JsonObject[], b: JsonObject[]) {
  const ports: Record<string, JsonObject[]> = {};
  for (const { port, item } of compare(given, a, b)) ports[port] = [...(ports[port] ?? []), item.json];
  return ports;
}

const by = (a: string, b = '') => ({ match: [{ a, b }] });

describe('compare', () => {
  it('tells apart what is only in one list, the same, or different', () => {
    const a: JsonObject[] = [
      { id: 1, v: 'x' },
      { id: 2, v: 'y', w: 1 },
      { id: 3, v: 'z' },
    ];
    const b: JsonObject[] = [
      { v: 'z', id: 3 },
      { id: 2, v: 'Y', w: 1 },
      { id: 4, v: 'n' },
    ];
    expect(sorted({}, a, b)).toEqual({
      onlyA: [{ id: 1, v: 'x' }],
      same: [{ id: 3, v: 'z' }],
      different: [{ keys: { id: 2 }, same: { w: 1 }, different: { v: { a: 'y', b: 'Y' } } }],
      onlyB: [{ id: 4, v: 'n' }],
    });
    expect(sorted({ different: 'a' }, a, b).different).toEqual([{ id: 2, v: 'y', w: 1 }]);
    expect(sorted({ different: 'b' }, a, b).different).toEqual([{ id: 2, v: 'Y', w: 1 }]);
  });

  it.each<[string, JsonObject, JsonObject, JsonObject, string]>([
    ['fields of other names', by('id', 'ref.id'), { id: 1, v: 2 }, { ref: { id: 1 }, v: 2 }, 'different'],
    [
      'fields that may differ',
      { skip: 'at, m.at' },
      { id: 1, at: 1, m: { at: 1 } },
      { id: 1, m: {} },
      'same',
    ],
    ['the order of keys', {}, { id: 1, o: { a: 1, b: 2 } }, { o: { b: 2, a: 1 }, id: 1 }, 'same'],
    ['types', {}, { id: 1, v: 3 }, { id: 1, v: '3' }, 'different'],
    ['types, loosely', { loose: true }, { id: 1, v: 3, e: null }, { id: '1', v: ' 3 ', f: '' }, 'same'],
    ['true, loosely', { loose: true }, { id: 1, v: { ok: true } }, { id: 1, v: { ok: 'true' } }, 'same'],
    ['null and nothing', {}, { id: 1, v: null }, { id: 1 }, 'different'],
  ])('%s', (_, given, a, b, port) => {
    expect(Object.keys(sorted(given, [a], [b]))).toEqual([port]);
  });

  it('compares with the first of several matches, or with each', () => {
    const a = [{ id: 1, v: 1 }];
    const b = [
      { id: 1, v: 2 },
      { id: 1, v: 1 },
    ];
    expect(Object.keys(sorted({}, a, b))).toEqual(['different']);
    expect(Object.keys(sorted({ multiple: 'all' }, a, b))).toEqual(['different', 'same']);
  });

  it('takes an input that never came for an empty list', () => {
    expect(sorted({}, [], [{ id: 1 }])).toEqual({ onlyB: [{ id: 1 }] });
    expect(sorted({}, [], [])).toEqual({});
  });

  it('says what each was made of', () => {
    const [made] = compare({}, [{ id: 1 }], [{ id: 0 }, { id: 1 }]);
    expect(made!.item.pairedItem).toEqual([
      { item: 0, input: 'input1' },
      { item: 1, input: 'input2' },
    ]);
    expect(made!.parents).toHaveLength(2);
  });

  it('refuses misspelt fields and explosions', () => {
    expect(() => compare(by('idd'), [{ id: 1 }, { id: 2 }], [])).toThrow('has a field "idd"');
    const many = Array.from({ length: 200 }, () => ({ id: 1 }));
    expect(() => compare({ multiple: 'all' }, many, many, 1_000)).toThrow('1000 is the limit');
  });

  it('is not complete without a field to match by', () => {
    expect(compareNode.check?.(compareNode.parameters.parse({ match: [] }))).toHaveLength(1);
  });
});
