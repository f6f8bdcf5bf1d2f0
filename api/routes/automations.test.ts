import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { graphOf, manual, node, webhook } from '../testing/graphs.ts';
import { addPerson } from '../testing/people.ts';
import { apiKey, startTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const authorization = `Bearer ${apiKey}`;
const at = '/api/v1/automations';

async function create(name: string, draft: unknown = manual()) {
  const { status, body, headers } = await api.call('POST', at, { name, draft });
  expect(status).toBe(201);
  return { ...body, etag: headers.get('etag') as string };
}

describe('automations', () => {
  it('are made, read, saved and deleted', async () => {
    const made = await create('Orders');
    expect(made).toMatchObject({ name: 'Orders', revision: 1, draftChanged: true, problems: [] });
    const saved = await api.call('PATCH', `${at}/${made.id}`, { name: 'Orders 2' });
    expect(saved.body).toMatchObject({ name: 'Orders 2', revision: 2, draft: made.draft });
    const { etag, ...body } = made;
    expect(etag).toBe('"1"');
    expect((await api.call('GET', `${at}/${made.id}`)).body).toMatchObject({ id: body.id, name: 'Orders 2' });
    expect((await api.call('DELETE', `${at}/${made.id}`)).status).toBe(204);
    expect(await api.call('GET', `${at}/${made.id}`)).toMatchObject({
      status: 404,
      body: { code: 'not-found' },
    });
    expect((await api.call('DELETE', `${at}/${made.id}`)).status).toBe(404);
  });

  it('keep a draft that has problems, and name them', async () => {
    const made = await create('Broken', graphOf(node('manual-trigger'), node('no-such-type')));
    expect(made.problems).toContainEqual(
      expect.objectContaining({ code: 'node.type', node: 'no-such-type', severity: 'error' }),
    );
    const draft = graphOf(node('manual-trigger'));
    const { body } = await api.call('POST', `${at}/validate`, { draft });
    expect(body).toEqual({ problems: [] });
  });

  it('that call each other in a circle are published, with a warning that names it', async () => {
    const caller = (automation: string) =>
      graphOf(node('manual-trigger'), node('sub-automation', { automation }));
    const [first, second] = [await create('First'), await create('Second')];
    const publish = async (id: string, calls: string) => {
      await api.call('PATCH', `${at}/${id}`, { draft: caller(calls) });
      return await api.call('POST', `${at}/${id}/publish`);
    };
    expect((await publish(second.id, first.id)).body).not.toHaveProperty('warnings');
    const { status, body } = await publish(first.id, second.id);
    expect(status).toBe(200);
    expect(body.warnings).toMatchObject([{ code: 'call.circle', node: 'sub-automation' }]);
    expect(body.warnings[0].message.en).toContain('First → Second → First');
  });

  it('are not overwritten by who has not seen the last save', async () => {
    const { id, etag } = await create('Shared');
    const first = await api.call(
      'PATCH',
      `${at}/${id}`,
      { name: 'Mine' },
      { authorization, 'if-match': etag },
    );
    expect(first.headers.get('etag')).toBe('"2"');
    const second = await api.call(
      'PATCH',
      `${at}/${id}`,
      { name: 'Theirs' },
      { authorization, 'if-match': etag },
    );
    expect(second).toMatchObject({ status: 412, body: { code: 'changed-meanwhile' } });
    expect((await api.call('GET', `${at}/${id}`)).body.name).toBe('Mine');
  });

  it('come page by page, each once', async () => {
    for (let i = 0; i < 5; i++) await create(`paged ${i}`);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const query = new URLSearchParams({ search: 'paged', limit: '2', ...(cursor && { cursor }) });
      const { body } = await api.call('GET', `${at}?${query}`);
      expect(body.items.length).toBeLessThanOrEqual(2);
      seen.push(...body.items.map(({ name }: { name: string }) => name));
      cursor = body.nextCursor;
    } while (cursor);
    expect(seen.sort()).toEqual(['paged 0', 'paged 1', 'paged 2', 'paged 3', 'paged 4']);
    expect(await api.call('GET', `${at}?limit=0`)).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'limit' }] },
    });
  });

  it('are made once per Idempotency-Key', async () => {
    const headers = { authorization, 'idempotency-key': 'make-one' };
    const bodies = await Promise.all(
      [1, 2, 3].map(() => api.call('POST', at, { name: 'Only one' }, headers)),
    );
    expect(new Set(bodies.map(({ body }) => body.id)).size).toBe(1);
    expect(bodies.filter((answer) => answer.headers.get('idempotent-replayed') === 'true')).toHaveLength(2);
    const other = await api.call('POST', at, { name: 'Another' }, headers);
    expect(other).toMatchObject({ status: 409, body: { code: 'idempotency-conflict' } });
    const { body } = await api.call('GET', `${at}?search=Only`);
    expect(body.items).toHaveLength(1);
  });

  it('are made once per caller: an Idempotency-Key of somebody else opens no answer of theirs', async () => {
    const [ana, bia] = [await addPerson(api, 'builder'), await addPerson(api, 'builder')];
    const make = (headers: Record<string, string>) =>
      api.call('POST', at, { name: 'Mine alone' }, { ...headers, 'idempotency-key': 'shared' });
    const [first, second, again] = [
      await make(ana.headers),
      await make(bia.headers),
      await make(ana.headers),
    ];
    expect(second.headers.get('idempotent-replayed')).toBeNull();
    expect(second.body.id).not.toBe(first.body.id);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.body.id).toBe(first.body.id);
  });

  it('refuse what can’t be kept, and read a cursor of nobody’s as none', async () => {
    const refused = { status: 400, body: { code: 'invalid-request' } };
    expect(await api.call('POST', at, { name: 'a\u0000b' })).toMatchObject(refused);
    expect(await api.call('GET', `${at}?search=%00`)).toMatchObject(refused);
    const draft = manual('{"x":"a\u0000b"}');
    expect(await api.call('POST', at, { name: 'NUL', draft })).toMatchObject(refused);
    for (const cursor of ['1 x', '+275760 x', '2020-01-01T00:00:00.000Z \u0000'])
      expect(
        (await api.call('GET', `${at}?cursor=${Buffer.from(cursor).toString('base64url')}`)).status,
      ).toBe(200);
  });

  it('belong to their workspace: another key sees none of them', async () => {
    const { id } = await create('Mine');
    const { hashToken } = await import('../auth/secrets.ts');
    await api.db.sql.query("insert into workspaces (id, name, created_at) values ('other', 'Other', now())");
    const key = 'hvx_other_012345678901234567890123456789';
    await api.db.asSystem(({ apiKeys }) =>
      apiKeys.ensure({
        keyHash: hashToken(key),
        prefix: 'hvx',
        name: 'other',
        role: 'owner',
        workspace: 'other',
      }),
    );
    const foreign = { authorization: `Bearer ${key}` };
    expect((await api.call('GET', `${at}/${id}`, undefined, foreign)).status).toBe(404);
    expect((await api.call('PATCH', `${at}/${id}`, { name: 'x' }, foreign)).status).toBe(404);
    expect((await api.call('DELETE', `${at}/${id}`, undefined, foreign)).status).toBe(404);
    expect((await api.call('GET', at, undefined, foreign)).body.items).toEqual([]);
  });
});

describe('publishing', () => {
  it('refuses what could not run, naming node and field', async () => {
    const nobody = await create('No trigger', { nodes: [node('no-op')] });
    expect(await api.call('POST', `${at}/${nobody.id}/publish`)).toMatchObject({
      status: 422,
      body: { code: 'invalid-graph', errors: [{ code: 'graph.trigger' }] },
    });
    const unknown = await create('Unknown', graphOf(node('manual-trigger'), node('telepathy')));
    expect((await api.call('POST', `${at}/${unknown.id}/publish`)).body.errors).toContainEqual(
      expect.objectContaining({ code: 'node.type', node: 'telepathy', field: 'type' }),
    );
    const assignments = [{ name: 'a', type: 'string', value: '={{ $json. }}' }];
    const expression = await create('Expression', {
      nodes: [node('manual-trigger'), node('edit-fields', { assignments })],
      edges: [{ source: 'manual-trigger', target: 'edit-fields' }],
    });
    expect((await api.call('POST', `${at}/${expression.id}/publish`)).body.errors).toContainEqual(
      expect.objectContaining({ code: 'node.expression', node: 'edit-fields' }),
    );
  });

  it('makes a version, and none for an unchanged draft', async () => {
    const { id } = await create('Versioned', webhook('versioned'));
    const first = await api.call('POST', `${at}/${id}/publish`);
    expect(first).toMatchObject({
      status: 200,
      body: {
        version: { number: 1, published: true },
        webhooks: [{ node: 'webhook-trigger', method: 'POST', url: `${api.url}/hooks/versioned` }],
      },
    });
    expect((await api.call('POST', `${at}/${id}/publish`)).body.version.number).toBe(1);
    await api.call('PATCH', `${at}/${id}`, { draft: webhook('versioned-2') });
    expect((await api.call('POST', `${at}/${id}/publish`)).body.version.number).toBe(2);

    const { body: versions } = await api.call('GET', `${at}/${id}/versions`);
    expect(versions.items.map(({ number }: { number: number }) => number)).toEqual([2, 1]);
    const { body: one } = await api.call('GET', `${at}/${id}/versions/1`);
    expect(one).toMatchObject({ id: first.body.version.id, published: false });
    expect((await api.call('GET', `${at}/${id}/versions/9`)).status).toBe(404);

    const restored = await api.call('POST', `${at}/${id}/versions/1/restore`);
    expect(restored.body).toMatchObject({ draft: one.graph, draftChanged: true, publishedVersion: 2 });
  });

  it('gives an address to one automation only', async () => {
    const first = await create('First', webhook('taken'));
    const second = await create('Second', webhook('taken'));
    expect((await api.call('POST', `${at}/${first.id}/publish`)).status).toBe(200);
    expect(await api.call('POST', `${at}/${second.id}/publish`)).toMatchObject({
      status: 409,
      body: { code: 'path-taken', title: 'POST /hooks/taken is taken by another automation.' },
    });
    expect((await api.call('POST', `${at}/${first.id}/unpublish`)).body.publishedVersion).toBeUndefined();
    expect((await api.call('POST', `${at}/${second.id}/publish`)).status).toBe(200);
    const twice = graphOf(
      node('webhook-trigger', { path: 'twice' }, 'a'),
      node('webhook-trigger', { path: 'twice' }, 'b'),
    );
    const third = await create('Third', twice);
    expect((await api.call('POST', `${at}/${third.id}/publish`)).body.errors).toContainEqual(
      expect.objectContaining({ code: 'webhook.duplicate', node: 'b' }),
    );
  });
});

describe('automations that start others', () => {
  it('name only those that their builder may run', async () => {
    const other = await create('Other');
    const made = await api.call('POST', '/api/v1/keys', {
      ...{ name: 'Writes, runs nothing', role: 'builder' },
      scopes: ['automations:read', 'automations:write'],
    });
    const writer = { authorization: `Bearer ${made.body.key}` };
    const calls = graphOf(
      node('manual-trigger'),
      node('sub-automation', { automation: other.id }, 'Call it'),
    );
    const alerts = { ...manual(), settings: { errorAutomation: other.id } };
    for (const draft of [calls, alerts]) {
      const refused = await api.call('POST', at, { name: 'Mine', draft }, writer);
      expect([refused.status, refused.body.code]).toEqual([403, 'automation-not-shared']);
      expect(JSON.stringify(refused.body)).not.toContain('Other');
    }
    // What was there before stays.
    const own = await create('Ours', calls);
    expect((await api.call('PATCH', `${at}/${own.id}`, { draft: calls }, writer)).status).toBe(200);
  });
});

describe('the catalogue', () => {
  it('has every node type with fields and a schema', async () => {
    const { body } = await api.call('GET', '/api/v1/catalogue');
    const hook = body.nodeTypes.find(({ type }: { type: string }) => type === 'webhook-trigger');
    expect(hook.fields.map(({ name }: { name: string }) => name)).toContain('path');
    expect(hook.schema.properties).toHaveProperty('answerWithin');
  });
});
