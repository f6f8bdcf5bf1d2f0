import { expect, it } from '@jest/globals';
import { httpTool } from '../../contracts/agents/tool.ts';
import { httpParametersOf, httpSchemaOf, pathProblem } from './http-call.ts';

const schema = { type: 'string' };
const tool = httpTool.parse({
  ...{ kind: 'http', name: 'change', method: 'PATCH', url: 'https://shop.test/v1/orders/{id}' },
  parameters: [
    { name: 'id', in: 'path', required: true, schema },
    { name: 'tag', in: 'query', schema },
    { name: 'X-Note', in: 'header', schema },
  ],
  body: { type: 'json', required: true, schema: { type: 'object' } },
  credential: 'c1',
});

it('arguments fill in what the operation names, and nothing else', () => {
  const given = {
    id: 'a/../b?c',
    tag: ['x', 'y'],
    'X-Note': 'one\r\nHost: evil.test',
    body: { n: 1 },
    url: 'http://evil.test',
  };
  expect(httpParametersOf(tool, given)).toMatchObject({
    ...{ method: 'PATCH', url: 'https://shop.test/v1/orders/a%2F..%2Fb%3Fc', credential: 'c1' },
    query: [
      { name: 'tag', value: 'x' },
      { name: 'tag', value: 'y' },
    ],
    headers: [{ name: 'X-Note', value: 'one Host: evil.test' }],
    ...{ bodyType: 'json', jsonBody: '{"n":1}' },
  });
  expect(httpSchemaOf(tool)).toMatchObject({ required: ['id', 'body'] });
});

it.each(['..', '.', ''])('%j is no part of an address', (id) => {
  expect(pathProblem(tool, { id })).toContain('"id"');
  expect(pathProblem(tool, { id: 'a..b' })).toBeUndefined();
});

it.each(['https://{host}/x', 'ftp://shop.test/', '//shop.test', 'https://user{x}@shop.test/'])(
  'an address of %s is refused: the host is fixed',
  (url) => {
    expect(httpTool.safeParse({ ...tool, url }).success).toBe(false);
  },
);
