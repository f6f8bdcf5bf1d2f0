import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { graphOf, node } from '../testing/graphs.ts';
import { apiKey, startTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
}, 120_000);
afterAll(() => api.close());

const call = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
  api.call(method, `/api/v1${path}`, body, { authorization: `Bearer ${apiKey}`, ...headers });

const make = async (draft: object = {}) =>
  (await call('POST', '/agents', { name: 'Helper', draft })).body as { id: string; revision: number };

describe('an agent', () => {
  it('is made with a draft that has all its defaults, and listed', async () => {
    const made = await call('POST', '/agents', { name: 'Helper', draft: { instructions: 'Be kind.' } });
    expect(made.status).toBe(201);
    expect(made.headers.get('etag')).toBe('"1"');
    expect(made.body).toMatchObject({
      ...{ name: 'Helper', visibility: 'private', draftChanged: true, problems: [] },
      draft: { instructions: 'Be kind.', whileBusy: 'enqueue', limits: { steps: 50 }, tools: [] },
    });
    const { body } = await call('GET', '/agents?search=help');
    expect(body.items.map(({ id }: { id: string }) => id)).toContain(made.body.id);
  });

  it('is saved by whoever read the newest revision only', async () => {
    const { id } = await make();
    const saved = await call('PATCH', `/agents/${id}`, { name: 'Other' }, { 'if-match': '"1"' });
    expect(saved.body).toMatchObject({ name: 'Other', revision: 2 });
    const late = await call('PATCH', `/agents/${id}`, { name: 'Late' }, { 'if-match': '"1"' });
    expect([late.status, late.headers.get('etag')]).toEqual([412, '"2"']);
  });

  it('is open to everybody by its visibility, and to nobody else when that is taken back', async () => {
    const { id } = await make();
    const shown = await call('PATCH', `/agents/${id}`, { visibility: 'workspace' });
    expect(shown.body.visibility).toBe('workspace');
    const { body } = await call('GET', `/agents/${id}/grants`);
    expect(body.items).toMatchObject([{ grantee: { type: 'everyone' }, level: 'use' }]);
    const hidden = await call('PATCH', `/agents/${id}`, { visibility: 'private' });
    expect(hidden.body.visibility).toBe('private');
    expect((await call('GET', `/agents/${id}/grants`)).body.items).toEqual([]);
  });

  it('says which tools have one name, and what no model is', async () => {
    const tool = { kind: 'code', name: 'sum', code: 'return []' };
    const { status, body } = await call('POST', '/agents', {
      name: 'Helper',
      draft: { tools: [tool, tool], model: 'gpt' },
    });
    expect(status).toBe(400);
    expect(body.errors.map(({ field }: { field: string }) => field)).toEqual(
      expect.arrayContaining(['draft.tools.1.name', 'draft.model']),
    );
  });

  it('is gone after it was deleted', async () => {
    const { id } = await make();
    expect((await call('DELETE', `/agents/${id}`)).status).toBe(204);
    expect((await call('GET', `/agents/${id}`)).status).toBe(404);
  });
});

describe('publishing', () => {
  it('freezes the draft once, and gives it back as a draft', async () => {
    const { id } = await make({ instructions: 'First.' });
    const first = await call('POST', `/agents/${id}/publish`, { note: 'the first' });
    expect(first.body.version).toMatchObject({ number: 1, published: true, note: 'the first' });
    const same = await call('POST', `/agents/${id}/publish`);
    expect(same.body.version).toMatchObject({ number: 1, hash: first.body.version.hash });
    await call('PATCH', `/agents/${id}`, { draft: { instructions: 'Second.' } });
    expect((await call('GET', `/agents/${id}`)).body).toMatchObject({
      draftChanged: true,
      publishedVersion: 1,
    });
    expect((await call('POST', `/agents/${id}/publish`)).body.version.number).toBe(2);
    const restored = await call('POST', `/agents/${id}/versions/1/restore`);
    expect(restored.body.draft.instructions).toBe('First.');
    const { body } = await call('GET', `/agents/${id}/versions`);
    expect(body.items.map(({ number }: { number: number }) => number)).toEqual([2, 1]);
    expect((await call('GET', `/agents/${id}/versions/1`)).body.definition.instructions).toBe('First.');
    expect((await call('POST', `/agents/${id}/unpublish`)).body.publishedVersion).toBeUndefined();
  });

  it('is refused while a tool leads nowhere, and names the tool', async () => {
    const automation = await call('POST', '/automations', {
      name: 'Not callable',
      draft: graphOf(node('manual-trigger')),
    });
    const { id } = await make({
      instructions: 'Greet {{whom}}.',
      tools: [
        { kind: 'automation', name: 'run', automation: automation.body.id },
        { kind: 'agent', name: 'ask', agent: 'nobody' },
      ],
    });
    const { status, body } = await call('POST', `/agents/${id}/publish`);
    expect([status, body.code]).toEqual([422, 'invalid-agent']);
    expect(body.errors.map(({ code, field }: { code: string; field: string }) => [field, code])).toEqual([
      ['draft.instructions', 'unknown-variable'],
      ['draft.tools.0.automation', 'automation-not-callable'],
      ['draft.tools.1.agent', 'tool-target-missing'],
    ]);
  });
});

it('gives a newcomer an agent with a tool that asks, ready to talk to', async () => {
  const { status, body } = await call('POST', '/agents/example', undefined, { 'accept-language': 'pt-BR' });
  expect(status).toBe(201);
  expect(body).toMatchObject({
    ...{ name: 'Assistente (exemplo)', visibility: 'workspace', publishedVersion: 1, problems: [] },
    draft: { tools: [{ kind: 'automation', name: 'announce', approval: 'ask' }] },
  });
  expect(body.starters[0]).toContain('announce');
});

describe('an OpenAPI document', () => {
  const document = {
    openapi: '3.1.0',
    info: { title: 'Shop' },
    servers: [{ url: 'https://{region}.shop.test/v1/', variables: { region: { default: 'eu' } } }],
    paths: {
      '/orders/{id}': {
        parameters: [{ name: 'id', in: 'path', schema: { type: 'string' } }],
        get: { operationId: 'getOrder', summary: 'One order' },
        patch: {
          operationId: 'changeOrder',
          requestBody: {
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } },
          },
        },
      },
      '/upload': { post: { requestBody: { content: { 'multipart/form-data': {} } } } },
    },
    components: {
      schemas: {
        Order: {
          type: 'object',
          properties: { note: { type: 'string' }, parent: { $ref: '#/components/schemas/Order' } },
        },
      },
    },
  };

  it('becomes tools; those that change something ask', async () => {
    const { body } = await call('POST', '/agents/http-tools', { document: JSON.stringify(document) });
    expect(body.title).toBe('Shop');
    expect(body.tools).toMatchObject([
      {
        ...{ name: 'getOrder', method: 'GET', approval: 'allow', description: 'One order' },
        url: 'https://eu.shop.test/v1/orders/{id}',
        parameters: [{ name: 'id', in: 'path', required: true }],
      },
      {
        ...{ name: 'changeOrder', method: 'PATCH', approval: 'ask' },
        body: { type: 'json', schema: { properties: { note: { type: 'string' } } } },
      },
    ]);
    expect(body.skipped).toEqual([
      { operation: 'POST /upload', reason: expect.stringContaining('multipart/form-data') },
    ]);
  });

  it('is refused when it is none, and is not fetched from private addresses', async () => {
    const none = await call('POST', '/agents/http-tools', { document: '{"swagger":"2.0"}' });
    expect([none.status, none.body.code]).toEqual([422, 'openapi-unreadable']);
    const inside = await call('POST', '/agents/http-tools', { url: 'http://169.254.169.254/openapi.json' });
    expect([inside.status, inside.body.code]).toEqual([422, 'openapi-unreadable']);
  });
});
