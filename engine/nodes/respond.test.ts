import { describe, expect, it } from '@jest/globals';
import { respondNode } from '../../contracts/catalogue/respond.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { buildResponse, lastNodeResponse } from './respond.ts';

const items = [{ json: { n: 1 } }, { json: { n: 2 } }];

function answer(given: JsonObject, reached = items) {
  return buildResponse(respondNode.parameters.parse(given) as Parameters<typeof buildResponse>[0], reached);
}

describe('buildResponse', () => {
  it.each<[JsonObject, object]>([
    [{}, { status: 200, body: { kind: 'json', value: { n: 1 } } }],
    [{ respondWith: 'allItems' }, { body: { kind: 'json', value: [{ n: 1 }, { n: 2 }] } }],
    [{ respondWith: 'json', body: '{ "a": [1] }' }, { body: { kind: 'json', value: { a: [1] } } }],
    [{ respondWith: 'json', body: { a: 1 } }, { body: { kind: 'json', value: { a: 1 } } }],
    [{ respondWith: 'json', body: 7 }, { body: { kind: 'json', value: 7 } }],
    [{ respondWith: 'text', body: 'hi' }, { body: { kind: 'text', value: 'hi' } }],
    [{ respondWith: 'text', body: { a: 1 } }, { body: { kind: 'text', value: '{"a":1}' } }],
    [{ respondWith: 'nothing' }, { status: 204, body: { kind: 'none' } }],
    [
      { respondWith: 'nothing', status: 202 },
      { status: 202, body: { kind: 'none' } },
    ],
    [
      { respondWith: 'redirect', location: '/x' },
      { status: 302, headers: [['location', '/x']] },
    ],
    [{ respondWith: 'redirect', location: '/x', status: 301 }, { status: 301 }],
    [{ status: '418' }, { status: 418 }],
  ])('%j gives %j', (given, expected) => {
    expect(answer(given)).toMatchObject(expected);
  });

  it('answers with an empty object where no item came', () => {
    expect(answer({}, []).body).toEqual({ kind: 'json', value: {} });
    expect(lastNodeResponse([]).body).toEqual({ kind: 'json', value: {} });
    expect(lastNodeResponse(items)).toEqual({
      status: 200,
      headers: [],
      body: { kind: 'json', value: { n: 1 } },
    });
  });

  it('trims header names and leaves out rows without one', () => {
    const headers = [
      { name: ' x-a ', value: 1 },
      { name: '  ', value: 'lost' },
    ];
    expect(answer({ headers }).headers).toEqual([['x-a', '1']]);
  });

  it('fails on a body that is not JSON and says what to do', () => {
    expect(() => answer({ respondWith: 'json', body: '{ a' })).toThrow(
      /^The body to respond with is not JSON: /,
    );
  });
});
