import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { graphOf, node } from '../testing/graphs.ts';
import { addPerson } from '../testing/people.ts';
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
    const noted = await call('PATCH', `/agents/${id}/versions/1`, { note: 'how it began' });
    expect(noted.body).toMatchObject({
      number: 1,
      note: 'how it began',
      definition: { instructions: 'First.' },
    });
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
        { kind: 'agent', name: 'none', agent: '' },
        {
          kind: 'ask-human',
          name: 'people',
          description: 'Asks.',
          approvers: [{ kind: 'member', who: ' ' }],
        },
      ],
      output: { type: 'object', properties: { city: { type: 'strnig' } } },
    });
    const { status, body } = await call('POST', `/agents/${id}/publish`);
    expect([status, body.code]).toEqual([422, 'invalid-agent']);
    expect(body.errors.map(({ code, field }: { code: string; field: string }) => [field, code])).toEqual([
      ['draft.instructions', 'unknown-variable'],
      ['draft.tools.0.automation', 'automation-not-callable'],
      ['draft.tools.1.agent', 'tool-target-missing'],
      ['draft.tools.2.agent', 'tool-unset'],
      ['draft.tools.3.approvers.0.who', 'approver-missing'],
      ['draft.output', 'schema-unreadable'],
    ]);
  });
});

describe('starts', () => {
  const paid = { id: 'paid', kind: 'event', trigger: { name: 'order.paid' }, message: 'Ship it.' };
  /** The automation that holds them. */
  const keptBy = async (id: string) => {
    const [row] = await api.db.sql.query<{ id: string }>(
      'select id from automations where starts_agent = $1 and deleted_at is null',
      [id],
    );
    return row && (await call('GET', `/automations/${row.id}`)).body;
  };

  it('are held by an automation that is in no list and that nobody changes but the agent', async () => {
    const { id } = await make({ instructions: 'Ship.', starts: [paid] });
    expect(await keptBy(id)).toBeUndefined();
    expect((await call('POST', `/agents/${id}/publish`)).status).toBe(200);
    const kept = await keptBy(id);
    expect(kept).toMatchObject({
      name: 'Helper',
      startsAgent: id,
      publishedVersion: 1,
      triggers: ['event-trigger'],
    });
    const { body } = await call('GET', '/automations?limit=200');
    expect(body.items.map((each: { id: string }) => each.id)).not.toContain(kept.id);
    const at = `/automations/${kept.id}`;
    const refused = [
      await call('PATCH', at, { name: 'Mine' }),
      await call('POST', `${at}/publish`),
      await call('POST', `${at}/unpublish`),
      await call('POST', `${at}/versions/1/restore`),
      await call('POST', `${at}/versions/1/publish`),
      await call('DELETE', at),
    ];
    expect(refused.map(({ status, body: { code } }) => [status, code])).toEqual(
      refused.map(() => [409, 'automation-kept']),
    );

    await call('PATCH', `/agents/${id}`, {
      draft: { instructions: 'Ship.', starts: [{ ...paid, enabled: false }] },
    });
    await call('POST', `/agents/${id}/publish`);
    expect((await keptBy(id)).publishedVersion).toBeUndefined();
    await call('PATCH', `/agents/${id}`, { draft: { instructions: 'Ship.', starts: [paid] } });
    await call('POST', `/agents/${id}/publish`);
    expect(await keptBy(id)).toMatchObject({ id: kept.id, publishedVersion: 1 });
    await call('DELETE', `/agents/${id}`);
    expect(await keptBy(id)).toBeUndefined();
    expect((await call('GET', at)).status).toBe(404);
  });

  it('are told what is wrong with them by their fields, and are not published like that', async () => {
    const cron = { id: 'a', kind: 'schedule', trigger: { mode: 'cron', cron: 'soon' }, message: 'Look.' };
    const silent = { ...paid, message: '' };
    const { id } = await make({ instructions: 'Ship.', starts: [cron, silent] });
    const { status, body } = await call('POST', `/agents/${id}/publish`);
    expect([status, body.code]).toEqual([422, 'invalid-agent']);
    expect(body.errors.map(({ field }: { field: string }) => field)).toEqual([
      ...['draft.starts.0.trigger.cron', 'draft.starts.1.message'],
    ]);
    const twice = await call('PATCH', `/agents/${id}`, { draft: { starts: [paid, paid] } });
    expect([twice.status, twice.body.errors[0].field]).toEqual([400, 'draft.starts']);
  });

  it('take the right to make automations, for those that were not there before', async () => {
    const { id } = await make({ instructions: 'Ship.', starts: [paid] });
    const editor = await addPerson(api, 'viewer');
    await call('PUT', `/agents/${id}/grants`, { grantee: { type: 'user', id: editor.id }, level: 'manage' });
    const save = (starts: object[]) =>
      api.call('PATCH', `/api/v1/agents/${id}`, { draft: { instructions: 'Ship!', starts } }, editor.headers);
    expect((await save([paid])).status).toBe(200);
    const more = await save([paid, { ...paid, id: 'all', trigger: { name: '*' } }]);
    expect([more.status, more.body.code]).toEqual([403, 'starts-not-allowed']);
    expect((await save([{ ...paid, message: '={{ $json.data }}' }])).status).toBe(403);
    expect((await save([])).status).toBe(200);
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
