/** The GraphQL node against a server made of graphql-js. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema, graphql } from 'graphql';
import { graphqlNode } from '../../contracts/catalogue/graphql.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { failureOf, startServer, type TestServer } from '../testing.ts';
import { createTestWorkspace, type TestWorkspace } from '../testing-workspace.ts';

const schema = buildSchema(`
  type Order { id: ID! total: Float customer: String }
  type Query { order(id: ID!): Order orders(first: Int): [Order!]! broken: String }
  type Mutation { pay(id: ID!): Order }
`);
const orders = [1, 2, 3].map((id) => ({ id, total: id * 10, customer: `c${id}` }));
const rootValue = {
  order: ({ id }: { id: string }) => orders.find((order) => String(order.id) === id),
  orders: ({ first = 10 }: { first?: number }) => orders.slice(0, first),
  broken: () => {
    throw new Error('on purpose');
  },
  pay: ({ id }: { id: string }) => ({ id, total: 0 }),
};

describe('the GraphQL node', () => {
  let workspace: TestWorkspace;
  let server: TestServer;
  const seen: Record<string, string | undefined>[] = [];

  beforeAll(async () => {
    workspace = await createTestWorkspace();
    server = await startServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      const { authorization, 'idempotency-key': key, 'x-shop': shop } = request.headers;
      seen.push({ authorization, key: String(key), shop: shop?.toString() });
      if (request.url === '/page') return void response.setHeader('content-type', 'text/html').end('<html>');
      if (request.url === '/down') return void response.writeHead(503).end('later');
      const { query: source, variables: variableValues, operationName } = JSON.parse(body);
      const result = await graphql({ schema, source, rootValue, variableValues, operationName });
      const failed = result.data === undefined;
      response.writeHead(failed ? 400 : 200, { 'content-type': 'application/graphql-response+json' });
      response.end(JSON.stringify(result));
    });
  }, 60_000);
  afterAll(async () => {
    await workspace.close();
    await server.close();
  });

  const ask = (parameters: JsonObject) => {
    const whole = { url: `${server.origin}/graphql`, ...parameters };
    return workspace.call('graphql', graphqlNode.parameters.parse(whole) as JsonObject);
  };

  it('asks with variables, headers and a credential', async () => {
    const credential = await workspace.add('bearer', { token: 't0ken-of-graphql' });
    seen.length = 0;
    const { items } = await ask({
      query: 'query One($id: ID!) { order(id: $id) { total } } query Other { broken }',
      ...{ variables: '{"id": "2"}', operationName: 'One', authentication: 'credential', credential },
      headers: [{ name: 'X-Shop', value: 'a' }],
    });
    expect(items).toEqual([{ json: { data: { order: { total: 20 } } } }]);
    expect(seen).toEqual([{ authorization: 'Bearer t0ken-of-graphql', key: 'run-1:n1:0', shop: 'a' }]);
  });

  it('makes items of a list in the data', async () => {
    const { items } = await ask({ query: '{ orders(first: 2) { id } }', itemsFrom: 'orders' });
    expect(items.map(({ json }) => json)).toEqual([{ id: '1' }, { id: '2' }]);
    const { failure } = await failureOf(ask({ query: '{ orders { id } }', itemsFrom: 'items' }));
    expect([failure.code, failure.hint]).toEqual(['no-such-path', 'It begins with: orders.']);
  });

  it('fails with errors, or gives them as data', async () => {
    const { failure } = await failureOf(ask({ query: '{ broken order(id: 1) { id } }' }));
    expect(failure).toMatchObject({
      code: 'graphql-errors',
      message: expect.stringContaining('(at broken): on purpose'),
    });
    const wrong = await failureOf(ask({ query: '{ nothing }' }));
    expect(wrong.failure.message).toMatch(/line 1, column 3.*Cannot query field "nothing"/);
    const { items } = await ask({ query: '{ broken order(id: 1) { id } }', errors: 'data' });
    expect(items[0]?.json).toMatchObject({
      data: { broken: null, order: { id: '1' } },
      errors: [{ path: ['broken'] }],
    });
  });

  it.each([
    ['/page', 'not-graphql', true],
    ['/down', 'http-503', false],
  ])('says that %s is no answer', async (path, code, forGood) => {
    const { failure, error } = await failureOf(ask({ url: server.origin + path, query: '{ broken }' }));
    expect([failure.code, error.nonRetryable]).toEqual([code, forGood]);
  });

  it('says where its variables are no JSON', async () => {
    const { failure } = await failureOf(ask({ query: '{ broken }', variables: '{"a": }' }));
    expect(failure).toMatchObject({ code: 'bad-json', message: expect.stringContaining('"variables"') });
  });
});
