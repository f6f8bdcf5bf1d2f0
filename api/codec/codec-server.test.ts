import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { addPerson, createTenant, type Tenant } from '../../tests/access/tenants.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { openViewing, signViewing } from './viewing-token.ts';
import { fromWire, toWire } from './wire-payload.ts';

const ui = 'http://localhost:8233';
let api: TestApi;
let mine: Tenant;
let theirs: Tenant;

beforeAll(async () => {
  api = await startTestApi({ env: {}, temporalUiUrl: ui });
  [mine, theirs] = [await createTenant(api, 'Mine'), await createTenant(api, 'Theirs')];
});
afterAll(() => api.close());

const plain = (value: unknown) => defaultPayloadConverter.toPayload(value) as Payload;
const sealedFor = async (workspace: string, value: unknown) => {
  const workflowId = `automation:${workspace}:a:r`;
  const context = { type: 'workflow' as const, namespace: 'default', workflowId };
  return toWire((await api.codec.encode([plain(value)], context))[0]!);
};
const ask = (path: string, payloads: unknown, headers: Record<string, string> = {}) =>
  fetch(`${api.url}/api/v1/codec${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-namespace': 'default', origin: ui, ...headers },
    body: JSON.stringify({ payloads }),
  });
const valuesOf = async (response: Response) => {
  expect(response.status).toBe(200);
  const { payloads } = (await response.json()) as { payloads: ReturnType<typeof toWire>[] };
  return payloads.map((payload) =>
    Buffer.from(payload.metadata.encoding ?? '', 'base64').toString() === 'json/plain'
      ? defaultPayloadConverter.fromPayload(fromWire(payload))
      : 'sealed',
  );
};
const cookie = (tenant: Tenant) => ({ cookie: tenant.owner.cookie });

describe('the codec server', () => {
  it('opens what the asker may see, leaves the rest sealed, and passes plain payloads through', async () => {
    const payloads = [
      await sealedFor(mine.id, { a: 1 }),
      await sealedFor(theirs.id, { b: 2 }),
      toWire(plain({ c: 3 })),
    ];
    expect(await valuesOf(await ask('/decode', payloads, cookie(mine)))).toEqual([
      { a: 1 },
      'sealed',
      { c: 3 },
    ]);
    expect(await valuesOf(await ask('/decode', payloads, cookie(theirs)))).toEqual([
      'sealed',
      { b: 2 },
      { c: 3 },
    ]);
  });

  it('opens nothing for nobody', async () => {
    const payloads = [await sealedFor(mine.id, 1)];
    for (const response of [
      await ask('/decode', payloads),
      await ask('/decode', payloads, { authorization: 'Bearer nonsense' }),
      await ask('/nonsense.token/decode', payloads),
      await ask('/encode', payloads),
    ])
      expect(response.status).toBe(401);
  });

  it('opens for a member whose role shows every run, and for no other', async () => {
    const [viewer, member] = [await addPerson(api, mine, 'viewer'), await addPerson(api, mine, 'member')];
    const payloads = [await sealedFor(mine.id, 'x')];
    expect(await valuesOf(await ask('/decode', payloads, { cookie: viewer.cookie }))).toEqual(['x']);
    expect(await valuesOf(await ask('/decode', payloads, { cookie: member.cookie }))).toEqual(['sealed']);
  });

  it('takes a token in its address, which ends and dies with the membership', async () => {
    const person = await addPerson(api, mine, 'viewer');
    const made = await api.call('POST', '/api/v1/codec-endpoints', undefined, { cookie: person.cookie });
    expect(made.status).toBe(201);
    const path = new URL(made.body.endpoint).pathname.replace('/api/v1/codec', '');
    const payloads = [await sealedFor(mine.id, 'x'), await sealedFor(theirs.id, 'y')];
    expect(await valuesOf(await ask(`${path}/decode`, payloads))).toEqual(['x', 'sealed']);
    await api.db.sql.query('delete from memberships where workspace = $1 and "user" = $2', [
      mine.id,
      person.user,
    ]);
    expect(await valuesOf(await ask(`${path}/decode`, payloads))).toEqual(['sealed', 'sealed']);
  });

  it('knows tokens of its own that have not ended', () => {
    const viewing = { user: 'u1', expires: Math.floor(Date.now() / 1_000) + 60 };
    const token = signViewing('secret', viewing);
    expect(openViewing('secret', token)).toEqual(viewing);
    expect(openViewing('secret', token, Date.now() + 61_000)).toBeUndefined();
    for (const bad of ['', '.', `${token}x`, token.replace('.', '')])
      expect(openViewing('secret', bad)).toBeUndefined();
    expect(openViewing('other', token)).toBeUndefined();
  });

  it('seals for the workspace of the asker', async () => {
    const response = await ask('/encode', [toWire(plain('by hand'))], cookie(mine));
    const { payloads } = (await response.json()) as { payloads: unknown[] };
    expect(await valuesOf(await ask('/decode', payloads, cookie(mine)))).toEqual(['by hand']);
    expect(await valuesOf(await ask('/decode', payloads, cookie(theirs)))).toEqual(['sealed']);
  });

  it('answers pages of the Temporal UI, with cookies, and no other page', async () => {
    const preflight = (origin: string) =>
      fetch(`${api.url}/api/v1/codec/decode`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      });
    for (const origin of [ui, 'http://127.0.0.1:8233']) {
      const { status, headers } = await preflight(origin);
      expect(status).toBe(204);
      expect(headers.get('access-control-allow-origin')).toBe(origin);
      expect(headers.get('access-control-allow-credentials')).toBe('true');
      expect(headers.get('access-control-allow-headers')).toContain('x-namespace');
    }
    expect((await preflight('https://evil.example')).status).toBe(403);
    const asked = await ask('/decode', [], { ...cookie(mine), origin: 'https://evil.example' });
    expect(asked.status).toBe(403);
  });

  it('refuses what is not the protocol', async () => {
    for (const payloads of [undefined, 'x', [{ data: 'not base64!' }]])
      expect((await ask('/decode', payloads, cookie(mine))).status).toBe(400);
  });
});
