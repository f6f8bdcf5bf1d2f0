import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BusMessage } from '../../contracts/bus.ts';
import { addPerson, addWorkspace } from '../testing/people.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;
let admin: Awaited<ReturnType<typeof addPerson>>;
let member: Awaited<ReturnType<typeof addPerson>>;
beforeAll(async () => {
  api = await startTestApi();
  admin = await addPerson(api, 'admin');
  member = await addPerson(api, 'member');
});
afterAll(() => api.close());

const keys = '/api/v1/keys';
const own = '/api/v1/account/keys';
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const service = (changes: object = {}) =>
  api.call('POST', keys, { name: 'CI', role: 'viewer', ...changes }, admin.headers);

describe('Service accounts', () => {
  it('are made by who manages keys, and shown once', async () => {
    const { status, body } = await service({ scopes: ['runs:read'], rateLimit: 90, expiresInDays: 7 });
    expect(status).toBe(201);
    expect(body).toMatchObject({ name: 'CI', kind: 'service', role: 'viewer', scopes: ['runs:read'] });
    expect(body.key).toMatch(/^hvx_s_[0-9A-Za-z]{36}$/);
    const left = Date.parse(body.expiresAt) - Date.now();
    expect(Math.round(left / 86_400_000)).toBe(7);

    const listed = await api.call('GET', keys, undefined, admin.headers);
    const { key, ...shown } = body;
    expect(listed.body.items).toContainEqual(shown);
    expect(JSON.stringify(listed.body)).not.toContain(key);
    const rows = await api.db.sql.query('select * from api_keys');
    expect(JSON.stringify(rows)).not.toContain(key);
    expect(api.logged.join('')).not.toContain(key);
    const kept = await api.db.sql.query('select * from audit_events');
    expect(JSON.stringify(kept)).not.toContain(key);
  });

  it('act by their role and their scopes', async () => {
    const { body } = await service({ scopes: ['automations:read'] });
    expect((await api.call('GET', '/api/v1/automations', undefined, bearer(body.key))).status).toBe(200);
    expect((await api.call('GET', '/api/v1/runs', undefined, bearer(body.key))).status).toBe(403);
    const write = await api.call('POST', '/api/v1/automations', { name: 'x' }, bearer(body.key));
    expect(write.status).toBe(403);
  });

  it('get no role above that of who makes them', async () => {
    expect((await service({ role: 'owner' })).status).toBe(400);
    const { body: maker } = await service({ role: 'admin' });
    const made = await api.call('POST', keys, { name: 'x', role: 'admin' }, bearer(maker.key));
    expect(made.status).toBe(201);
    expect((await api.call('POST', keys, { name: 'x', role: 'viewer' }, member.headers)).status).toBe(403);
  });

  it('hand on no scope and no day that they have not themselves', async () => {
    const scopes = ['keys:write', 'runs:read'];
    const { body: maker } = await service({ role: 'admin', scopes, expiresInDays: 3 });
    const make = (changes: object) =>
      api.call('POST', keys, { name: 'x', role: 'viewer', ...changes }, bearer(maker.key));
    const made = await make({});
    expect(made.body).toMatchObject({ scopes, expiresAt: maker.expiresAt });
    expect((await make({ scopes: ['runs:read'] })).status).toBe(201);
    expect((await make({ scopes: ['audit:read'] })).status).toBe(403);
    expect((await make({ expiresInDays: 4 })).status).toBe(403);
  });

  it('bring nobody in by a scope for the workspace: a person would have every scope', async () => {
    const invite = async (scope: string) => {
      const { body } = await service({ role: 'admin', scopes: [scope] });
      return (await api.call('POST', '/api/v1/invitations', { role: 'admin' }, bearer(body.key))).status;
    };
    expect(await invite('workspace:write')).toBe(403);
    expect(await invite('members:write')).toBe(201);
  });

  it('take their open invitations with them: no way back in by a link made before', async () => {
    const { body: maker } = await service({ role: 'admin' });
    const link = await api.call('POST', '/api/v1/invitations', { role: 'admin' }, bearer(maker.key));
    const token = new URL(link.body.url).hash.slice('#token='.length);
    const preview = () => api.call('POST', '/api/v1/invitations/preview', { token }, {});
    expect((await preview()).status).toBe(200);
    await api.call('DELETE', `${keys}/${maker.id}`, undefined, admin.headers);
    expect((await preview()).body.code).toBe('invitation-invalid');
  });

  it('say who made them, and when that is nobody who is here any more', async () => {
    const maker = await addPerson(api, 'admin');
    const { body: first } = await api.call('POST', keys, { name: 'First', role: 'admin' }, maker.headers);
    const { body: second } = await api.call(
      'POST',
      keys,
      { name: 'Second', role: 'viewer' },
      bearer(first.key),
    );
    const makers = async () => {
      const { body } = await api.call('GET', keys, undefined, admin.headers);
      return [first, second].map(
        ({ id }) => body.items.find((key: { id: string }) => key.id === id)?.createdBy,
      );
    };
    const known = [
      { id: maker.id, name: 'A admin' },
      { id: first.id, name: 'First' },
    ];
    expect([first.createdBy, second.createdBy]).toEqual(known);
    expect(await makers()).toEqual(known);
    await api.call('DELETE', `/api/v1/members/${maker.id}`, undefined, admin.headers);
    expect(await makers()).toEqual([{ id: maker.id }, known[1]]);
    await api.call('DELETE', `${keys}/${first.id}`, undefined, admin.headers);
    expect(await makers()).toEqual([undefined, { id: first.id }]);
  });

  it('stop at once when they are deleted, and what they hold open is told', async () => {
    const { body } = await service();
    const ended: BusMessage[] = [];
    const unsubscribe = api.bus.subscribe((message) => void ended.push(message));
    expect((await api.call('DELETE', `${keys}/${body.id}`, undefined, admin.headers)).status).toBe(204);
    unsubscribe();
    expect(ended).toEqual([{ kind: 'credentials.ended', sessions: [], keys: [body.id] }]);
    expect((await api.call('GET', '/api/v1/automations', undefined, bearer(body.key))).status).toBe(401);
    expect((await api.call('DELETE', `${keys}/${body.id}`, undefined, admin.headers)).status).toBe(404);
  });

  it('stop when they expire', async () => {
    const { body } = await service({ expiresInDays: 1 });
    await api.db.sql.query(`update api_keys set expires_at = now() where id = $1`, [body.id]);
    expect((await api.call('GET', '/api/v1/automations', undefined, bearer(body.key))).status).toBe(401);
  });

  it('of another workspace look like none', async () => {
    const stranger = await addPerson(api, 'owner', await addWorkspace(api));
    const { body } = await service();
    const foreign = await api.call('DELETE', `${keys}/${body.id}`, undefined, stranger.headers);
    const absent = await api.call('DELETE', `${keys}/absent`, undefined, stranger.headers);
    expect([foreign.status, foreign.body]).toEqual([404, absent.body]);
    expect((await api.call('GET', keys, undefined, stranger.headers)).body.items).toEqual([]);
    expect((await api.call('GET', '/api/v1/automations', undefined, bearer(body.key))).status).toBe(200);
  });
});

describe('Personal keys', () => {
  it('are for everybody, and act with the role of their person at the time', async () => {
    const person = await addPerson(api, 'builder');
    const { status, body } = await api.call('POST', own, { name: 'Laptop' }, person.headers);
    expect([status, body.kind, body.role]).toEqual([201, 'personal', 'builder']);
    expect(body.key).toMatch(/^hvx_p_/);
    const draw = () => api.call('POST', '/api/v1/automations', { name: 'Mine' }, bearer(body.key));
    expect((await draw()).status).toBe(201);
    await api.db.sql.query(`update memberships set role = 'viewer' where "user" = $1`, [person.id]);
    expect((await draw()).status).toBe(403);
    const listed = await api.call('GET', keys, undefined, admin.headers);
    expect(listed.body.items).toContainEqual(
      expect.objectContaining({ id: body.id, role: 'viewer', user: { id: person.id, name: 'A builder' } }),
    );
    await api.db.sql.query(`delete from memberships where "user" = $1`, [person.id]);
    expect((await api.call('GET', '/api/v1/automations', undefined, bearer(body.key))).status).toBe(401);
  });

  it('are seen and deleted by their person and by who manages keys, by nobody else', async () => {
    const { body } = await api.call('POST', own, { name: 'Mine' }, member.headers);
    const other = await addPerson(api, 'viewer');
    expect((await api.call('GET', own, undefined, other.headers)).body.items).toEqual([]);
    expect((await api.call('DELETE', `${own}/${body.id}`, undefined, other.headers)).status).toBe(404);
    expect((await api.call('DELETE', `${own}/${body.id}`, undefined, admin.headers)).status).toBe(404);
    expect((await api.call('GET', own, undefined, member.headers)).body.items).toHaveLength(1);
    expect((await api.call('DELETE', `${keys}/${body.id}`, undefined, admin.headers)).status).toBe(204);
    expect((await api.call('GET', own, undefined, member.headers)).body.items).toEqual([]);
  });

  it('make no further keys for their person', async () => {
    const { body } = await api.call('POST', own, { name: 'First' }, admin.headers);
    expect((await api.call('POST', own, { name: 'Second' }, bearer(body.key))).status).toBe(403);
  });
});

describe('A key', () => {
  it('is taken from the Authorization header only', async () => {
    const { body } = await service();
    const nowhere = [
      await api.call('GET', `/api/v1/automations?key=${body.key}&token=${body.key}`, undefined, {}),
      await api.call('GET', `/api/v1/automations?access_token=${body.key}`, undefined, {}),
      await api.call('GET', '/api/v1/automations', undefined, { cookie: `hiviex_session=${body.key}` }),
      await api.call('GET', '/api/v1/automations', undefined, { 'x-api-key': body.key }),
      await api.call('GET', '/api/v1/automations', undefined, {
        authorization: `Basic ${Buffer.from(`${body.key}:`).toString('base64')}`,
      }),
    ];
    expect(nowhere.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);
  });
});
