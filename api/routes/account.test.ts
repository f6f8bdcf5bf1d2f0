import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { writeSessionCookie } from '../auth/cookie.ts';
import { apiKey, owner, startTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;

function cookieOf(headers: Headers): string {
  return headers.get('set-cookie')?.split(';')[0] ?? '';
}

describe('setting up', () => {
  afterEach(() => api.close());

  it('needs the token that the console shows, and happens once', async () => {
    api = await startTestApi({ env: {} });
    expect((await api.call('GET', '/api/v1/instance')).body).toMatchObject({ setupNeeded: true });
    const token = new URL(api.setupUrl!).searchParams.get('token')!;
    const body = { token, email: 'Ana@Example.com', password: 'ten letters', workspace: 'Acme' };

    const wrong = await api.call('POST', '/api/v1/setup', { ...body, token: 'x' }, {});
    expect(wrong).toMatchObject({ status: 403, body: { code: 'setup-token' } });
    const short = await api.call('POST', '/api/v1/setup', { ...body, password: 'short' }, {});
    expect(short).toMatchObject({ status: 400, body: { errors: [{ field: 'password' }] } });

    const done = await api.call('POST', '/api/v1/setup', body, {});
    expect(done).toMatchObject({
      status: 201,
      body: { user: { email: 'ana@example.com' }, workspace: { name: 'Acme' } },
    });
    const cookie = cookieOf(done.headers);
    expect((await api.call('GET', '/api/v1/account', undefined, { cookie })).body).toEqual(done.body);

    expect(await api.call('POST', '/api/v1/setup', body, {})).toMatchObject({
      status: 409,
      body: { code: 'setup-done' },
    });
    expect((await api.call('GET', '/api/v1/instance')).body).toMatchObject({ setupNeeded: false });
  });

  it('lets an API key work before there is an owner, who then joins its workspace', async () => {
    api = await startTestApi({ env: { HIVIEX_API_KEY: apiKey } });
    const { body: before } = await api.call('GET', '/api/v1/account');
    expect(before.user).toBeUndefined();
    const token = new URL(api.setupUrl!).searchParams.get('token')!;
    const { body: after } = await api.call('POST', '/api/v1/setup', { token, ...owner }, {});
    expect(after.workspace).toEqual(before.workspace);
  });
});

describe('credentials', () => {
  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());

  it('are sessions that begin with a password and end on request', async () => {
    const signedIn = await api.call('POST', '/api/v1/session', owner, {});
    expect(signedIn.status).toBe(201);
    expect(signedIn.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Lax/);
    const cookie = cookieOf(signedIn.headers);
    expect((await api.call('GET', '/api/v1/account', undefined, { cookie })).status).toBe(200);

    const out = await api.call('DELETE', '/api/v1/session', undefined, { cookie });
    expect(out.status).toBe(204);
    expect((await api.call('GET', '/api/v1/account', undefined, { cookie })).status).toBe(401);
  });

  it('are checked alike for an unknown e-mail and a wrong password', async () => {
    const wrong = await api.call('POST', '/api/v1/session', { ...owner, password: 'wrong' }, {});
    const unknown = await api.call('POST', '/api/v1/session', { ...owner, email: 'who@example.com' }, {});
    expect(wrong).toMatchObject({ status: 401, body: { code: 'wrong-password' } });
    expect(unknown.body).toEqual(wrong.body);
  });

  it('write only from our own pages', async () => {
    const cookie = cookieOf((await api.call('POST', '/api/v1/session', owner, {})).headers);
    const create = (headers: Record<string, string>) =>
      api.call('POST', '/api/v1/automations', { name: 'x' }, { cookie, ...headers });

    expect(await create({ origin: 'https://evil.example' })).toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    });
    expect((await create({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await create({ 'sec-fetch-site': 'same-site', origin: 'https://evil.example' })).status).toBe(
      403,
    );
    expect((await create({ origin: api.url, 'sec-fetch-site': 'same-origin' })).status).toBe(201);
    const withKey = { authorization: `Bearer ${apiKey}`, origin: 'https://evil.example' };
    expect((await api.call('POST', '/api/v1/automations', { name: 'x' }, withKey)).status).toBe(201);
  });

  it('enter no workspace but their own', async () => {
    const cookie = cookieOf((await api.call('POST', '/api/v1/session', owner, {})).headers);
    const headers = { cookie, 'hiviex-workspace': '01HZZZZZZZZZZZZZZZZZZZZZZZ' };
    expect(await api.call('GET', '/api/v1/account', undefined, headers)).toMatchObject({
      status: 404,
      body: { code: 'not-found' },
    });
  });

  it('have a Secure cookie where the address is https', () => {
    const config = { ...api.config, PUBLIC_URL: 'https://hiviex.example' };
    expect(writeSessionCookie('token', 60, config)).toMatch(
      /^__Host-hiviex_session=token; Path=\/;.*; Secure$/,
    );
    expect(writeSessionCookie('token', 60, api.config)).not.toContain('Secure');
  });

  it('leave neither token, password nor key readable in the database', async () => {
    const tables = ['users', 'api_keys', 'sessions', 'settings'];
    for (const table of tables) {
      const rows = JSON.stringify(await api.db.sql.query(`select * from ${table}`));
      expect(rows).not.toContain(owner.password);
      expect(rows).not.toContain(apiKey);
    }
  });

  it('end a former HIVIEX_API_KEY when the environment gives another', async () => {
    const { ensureBootstrap } = await import('../auth/bootstrap.ts');
    const { pino } = await import('pino');
    const next = 'hvx_next_0123456789012345678901234567890';
    await ensureBootstrap({
      db: api.db,
      config: { ...api.config, HIVIEX_API_KEY: next },
      log: pino({ level: 'silent' }),
    });
    expect((await api.call('GET', '/api/v1/account')).status).toBe(401);
    const headers = { authorization: `Bearer ${next}` };
    expect((await api.call('GET', '/api/v1/account', undefined, headers)).status).toBe(200);
  });
});
