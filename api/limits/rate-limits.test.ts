import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { readConfig } from '../../contracts/config.ts';
import { addPerson } from '../testing/people.ts';
import { apiKey, owner, startTestApi, type TestApi } from '../testing/test-api.ts';
import { createRateLimits } from './rate-limits.ts';

// One database for all; each test has an API, and so counters, of its own.
let base: TestApi;
let api: TestApi;
beforeAll(async () => {
  base = await startTestApi();
});
afterEach(() => api.close());
afterAll(() => base.close());

const list = '/api/v1/automations';
const start = async (limits: object, env: Record<string, string> = {}) => {
  api = await startTestApi({
    db: base.db,
    env: {
      HIVIEX_API_KEY: apiKey,
      HIVIEX_OWNER_EMAIL: owner.email,
      HIVIEX_OWNER_PASSWORD: owner.password,
      HIVIEX_RATE_LIMITS: JSON.stringify(limits),
      ...env,
    },
  });
};
const statuses = async (times: number, ask: () => Promise<{ status: number }>) => {
  const seen: number[] = [];
  for (let time = 0; time < times; time++) seen.push((await ask()).status);
  return seen;
};

describe('Rate limits', () => {
  it('say on every answer what is allowed and what is left', async () => {
    await start({ read: { ip: 500, credential: 40, workspace: 200, seconds: 30 } });
    const { headers } = await api.call('GET', list);
    expect(headers.get('ratelimit-policy')).toBe(
      '"read-ip";q=500;w=30, "read-credential";q=40;w=30, "read-workspace";q=200;w=30',
    );
    expect(headers.get('ratelimit')).toMatch(
      /^"read-ip";r=499;t=\d+, "read-credential";r=39;t=\d+, "read-workspace";r=199;t=\d+$/,
    );
  });

  it('refuse what is over the limit with a problem that says when to come back', async () => {
    await start({ read: { credential: 3 } });
    expect(await statuses(3, () => api.call('GET', list))).toEqual([200, 200, 200]);
    const refused = await api.call('GET', list);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(refused.body).toMatchObject({ code: 'rate-limited', status: 429 });
    const wait = Number(refused.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
    expect(refused.headers.get('ratelimit')).toContain(`"read-credential";r=0;t=${wait}`);
    const headers = { authorization: `Bearer ${apiKey}`, 'accept-language': 'pt-BR' };
    const portuguese = await api.call('GET', list, undefined, headers);
    expect(portuguese.body.title).toBe('Requisições demais: o limite é 3 em 60 s.');
    // Another class has a budget of its own, and so has somebody else.
    expect((await api.call('POST', list, { name: 'x' })).status).toBe(201);
    const other = await addPerson(api, 'builder');
    expect((await api.call('GET', list, undefined, other.headers)).status).toBe(200);
  });

  it('hold for a workspace whoever asks', async () => {
    await start({ write: { workspace: 2 } });
    const person = await addPerson(api, 'builder');
    expect(await statuses(2, () => api.call('POST', list, { name: 'x' }))).toEqual([201, 201]);
    expect((await api.call('POST', list, { name: 'x' }, person.headers)).status).toBe(429);
  });

  it('hold for an address before anybody is asked who they are', async () => {
    await start({ read: { ip: 2 } }, { HIVIEX_TRUST_PROXY: '1' });
    const from = (ip: string) =>
      api.call('GET', list, undefined, { authorization: 'Bearer wrong', 'x-forwarded-for': ip });
    expect(await statuses(3, () => from('203.0.113.1'))).toEqual([401, 401, 429]);
    expect((await from('203.0.113.2')).status).toBe(401);
    // What a caller writes before the proxy's entry changes nothing, nor does another address of its own network.
    expect((await from('198.51.100.9, 203.0.113.1')).status).toBe(429);
    expect(await statuses(3, () => from(`2001:db8::${Math.random().toString(16).slice(2, 6)}`))).toEqual([
      401, 401, 429,
    ]);
  });

  it('of a key itself hold over all that it does, instead of its class', async () => {
    await start({ read: { credential: 1 } });
    const { headers } = await addPerson(api, 'admin');
    const make = { name: 'Slow', role: 'builder', rateLimit: 3 };
    const { body } = await api.call('POST', '/api/v1/keys', make, headers);
    const bearer = { authorization: `Bearer ${body.key}` };
    const first = await api.call('GET', list, undefined, bearer);
    expect(first.headers.get('ratelimit-policy')).toContain('"key";q=3;w=60');
    expect((await api.call('POST', list, { name: 'x' }, bearer)).status).toBe(201);
    expect(await statuses(2, () => api.call('GET', list, undefined, bearer))).toEqual([200, 429]);
  });

  it('of sign-ins count those that fail, for the address they try, whoever tries', async () => {
    await start({ 'sign-in': { address: 3, ip: 1_000 } }, { HIVIEX_TRUST_PROXY: '1' });
    let caller = 0;
    const signIn = (email: string, password: string) =>
      api.call(
        'POST',
        '/api/v1/session',
        { email, password },
        { 'x-forwarded-for': `203.0.113.${++caller}` },
      );
    expect(await statuses(6, () => signIn(owner.email, owner.password))).toEqual(Array(6).fill(201));
    expect(await statuses(3, () => signIn(owner.email, 'wrong password'))).toEqual([401, 401, 401]);
    const refused = await signIn(` ${owner.email.toUpperCase()}`.trim(), owner.password);
    expect(refused.status).toBe(429);
    expect((await signIn('nobody@example.com', 'wrong password')).status).toBe(401);
  });

  it('of sign-ins hold for where they come from, whatever they try', async () => {
    await start({ 'sign-in': { ip: 2 } });
    let tried = 0;
    const guess = () =>
      api.call('POST', '/api/v1/session', { email: `a${++tried}@example.com`, password: 'wrong' }, {});
    expect(await statuses(3, guess)).toEqual([401, 401, 429]);
  });

  it('leave health checks alone, and everything when they are off', async () => {
    await start({ read: { ip: 1 } });
    expect(await statuses(3, () => api.call('GET', '/healthz', undefined, {}))).toEqual([200, 200, 200]);
    await api.close();
    await start({}, { HIVIEX_RATE_LIMITS: 'off' });
    const { headers, status } = await api.call('GET', list);
    expect([status, headers.get('ratelimit')]).toEqual([200, null]);
  });

  it('hold for webhooks', async () => {
    await start({ webhook: { ip: 2 } });
    const knock = () => fetch(`${api.url}/hooks/nowhere`, { method: 'POST' });
    expect(await statuses(3, knock)).toEqual([404, 404, 429]);
    expect((await knock()).headers.get('retry-after')).toMatch(/^\d+$/);
  });
});

describe('Where requests can not be counted', () => {
  it('they pass, and sign-ins do not', async () => {
    await start({});
    const logged: string[] = [];
    const log = pino({}, { write: (line: string) => void logged.push(line) });
    // As a Postgres that lost its table: every statement fails.
    const sql = { ...api.db.sql, query: () => Promise.reject(new Error('no such table')) };
    const limits = createRateLimits({ db: { kind: 'postgres', sql }, config: readConfig({}), log });
    const response = new ServerResponse(new IncomingMessage(new Socket()));
    await limits.meter('write', response).count({ ip: '203.0.113.1' });
    expect(logged.join('')).toContain('could not be counted');
    await expect(limits.meter('sign-in', response).count({ ip: '203.0.113.1' })).rejects.toMatchObject({
      code: 'unavailable',
    });
  });
});
