/** The n8n node against a server that speaks the endpoints of n8n's public API (v1) that it uses, and webhooks. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { n8nNode } from '../../contracts/catalogue/n8n.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { failureOf, startServer, type TestServer } from '../testing.ts';
import { createTestWorkspace, type TestWorkspace } from '../testing-workspace.ts';

function instance() {
  const workflows = Array.from({ length: 300 }, (_, n) => ({
    id: `w${n}`,
    name: `Flow ${n}`,
    active: n % 2 === 0,
  }));
  const webhooks: JsonObject[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const url = new URL(request.url ?? '/', 'http://n8n');
    const send = (status: number, value: unknown) =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    if (url.pathname === '/webhook/orders') {
      const { authorization, 'idempotency-key': key } = request.headers;
      webhooks.push({
        method: request.method ?? '',
        body,
        key: String(key),
        authorization: authorization ?? '',
      });
      return send(200, [{ accepted: true }, { n: 2 }]);
    }
    if (url.pathname.startsWith('/webhook')) return send(404, { message: 'not registered' });
    if (!url.pathname.startsWith('/api/v1/')) return void response.end('<html>');
    if (request.headers['x-n8n-api-key'] !== 'n8n-s3cret-key') return send(401, { message: 'unauthorized' });
    const [, resource, id, action] = url.pathname.slice('/api'.length).split('/').slice(1);
    if (resource === 'executions' && id)
      return send(200, {
        id,
        status: 'success',
        ...(url.searchParams.get('includeData') === 'true' && { data: {} }),
      });
    if (resource === 'executions')
      return send(200, { data: [{ id: 1, query: url.search }], nextCursor: null });
    const found = workflows.find((workflow) => workflow.id === id);
    if (id && !found) return send(404, { message: 'Not Found' });
    if (found && action && request.method === 'POST') found.active = action === 'activate';
    if (found) return send(200, found);
    const active = url.searchParams.get('active');
    const all = workflows.filter((workflow) => active === null || String(workflow.active) === active);
    const from = Number(url.searchParams.get('cursor') ?? 0);
    const to = from + Number(url.searchParams.get('limit'));
    send(200, { data: all.slice(from, to), nextCursor: to < all.length ? String(to) : null });
  };
  return { answer, webhooks };
}

describe('the n8n node', () => {
  const n8n = instance();
  let workspace: TestWorkspace;
  let server: TestServer;
  let credential: string;

  beforeAll(async () => {
    workspace = await createTestWorkspace();
    server = await startServer((request, response) => void n8n.answer(request, response));
    credential = await workspace.add('n8n', { apiKey: 'n8n-s3cret-key' }, { baseUrl: `${server.origin}/` });
  }, 60_000);
  afterAll(async () => {
    await workspace.close();
    await server.close();
  });

  const call = async (parameters: JsonObject) => {
    const whole = n8nNode.parameters.parse({ credential, ...parameters }) as JsonObject;
    return (await workspace.call('n8n', whole)).items.map(({ json }) => json);
  };
  const webhook = (more: JsonObject = {}) => ({
    url: `${server.origin}/webhook/orders`,
    bodyFrom: 'json',
    body: { id: 7 },
    ...more,
  });

  it('calls a webhook, with the idempotency key, and gives what it answers', async () => {
    const bearer = await workspace.add('bearer', { token: 'w3bhook-token' });
    const made = await call(webhook({ authentication: 'credential', credential: bearer }));
    expect(made).toEqual([{ accepted: true }, { n: 2 }]);
    await call(webhook({ method: 'GET', credential: '' }));
    await call(webhook({ bodyFrom: 'item' }));
    expect(n8n.webhooks).toEqual([
      { method: 'POST', body: '{"id":7}', key: 'run-1:n1:0', authorization: 'Bearer w3bhook-token' },
      { method: 'GET', body: '', key: 'run-1:n1:0', authorization: '' },
      { method: 'POST', body: '{}', key: 'run-1:n1:0', authorization: '' },
    ]);
  });

  it('sends the key of the API to no webhook: it could be anybody’s', async () => {
    const { failure } = await failureOf(call(webhook({ authentication: 'credential' })));
    expect(failure.code).toBe('credential-unfit');
  });

  it('lists workflows page by page, and switches them on and off', async () => {
    expect(await call({ operation: 'listWorkflows', limit: 260 })).toHaveLength(260);
    expect(await call({ operation: 'listWorkflows', limit: 3, active: 'inactive' })).toMatchObject([
      ...[{ id: 'w1' }, { id: 'w3' }, { id: 'w5' }],
    ]);
    expect(await call({ operation: 'activate', workflowId: 'w1' })).toMatchObject([
      { id: 'w1', active: true },
    ]);
    expect(await call({ operation: 'deactivate', workflowId: 'w1' })).toMatchObject([{ active: false }]);
    expect(await call({ operation: 'getWorkflow', workflowId: 'w2' })).toMatchObject([{ name: 'Flow 2' }]);
  });

  it('reads executions', async () => {
    const [one] = await call({ operation: 'listExecutions', status: 'error', workflowId: 'w1' });
    expect(one?.query).toBe('?status=error&workflowId=w1&limit=100');
    expect(await call({ operation: 'getExecution', executionId: '9', withData: true })).toEqual([
      { id: '9', status: 'success', data: {} },
    ]);
  });

  it.each([
    [() => webhook({ url: `${server.origin}/webhook/none` }), 'n8n-webhook-not-found'],
    [() => webhook({ body: '{"a":' }), 'bad-json'],
    [() => ({ operation: 'getWorkflow', workflowId: '../credentials' }), 'http-404'],
    [
      async () => ({
        operation: 'listWorkflows',
        credential: await workspace.add('n8n', { apiKey: 'wr0ng-key' }, { baseUrl: server.origin }),
      }),
      'http-401',
    ],
    [
      async () => ({
        operation: 'listWorkflows',
        credential: await workspace.add('n8n', { apiKey: 'wr0ng-key' }, { baseUrl: `${server.origin}/home` }),
      }),
      'not-n8n-api',
    ],
  ])('says what is wrong %#', async (parameters, code) => {
    const { failure } = await failureOf(call(await parameters()));
    expect(failure.code).toBe(code);
    expect(JSON.stringify(failure)).not.toContain('wr0ng');
  });
});
