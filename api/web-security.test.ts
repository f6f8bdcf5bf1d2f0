/** What browsers are told, and what they are refused, on a real server. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { io } from 'socket.io-client';
import { addPerson } from './testing/people.ts';
import { apiKey, owner, startTestApi, type TestApi } from './testing/test-api.ts';

const friend = 'https://dashboard.example.com';
const stranger = 'https://evil.example';

let api: TestApi;
let webDir: string;
let cookie: string;
beforeAll(async () => {
  webDir = await mkdtemp(join(tmpdir(), 'hiviex-web-'));
  await writeFile(join(webDir, 'index.html'), '<html><head><title>Hiviex</title></head></html>');
  api = await startTestApi({
    webDir,
    env: {
      HIVIEX_API_KEY: apiKey,
      HIVIEX_OWNER_EMAIL: owner.email,
      HIVIEX_OWNER_PASSWORD: owner.password,
      HIVIEX_CORS_ORIGINS: `https://other.example.com, ${friend}`,
    },
  });
  cookie = (await addPerson(api, 'builder')).headers.cookie!;
});
afterAll(async () => {
  await api.close();
  await rm(webDir, { recursive: true });
});

const automations = '/api/v1/automations';
const bearer = { authorization: `Bearer ${apiKey}` };
const json = { 'content-type': 'application/json' };
const draw = (headers: Record<string, string>, body = '{"name":"x"}') =>
  fetch(api.url + automations, { method: 'POST', headers, body });

describe('Pages of other sites', () => {
  const preflight = (origin: string) =>
    fetch(api.url + automations, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization, content-type',
      },
    });

  it('may call with a key where the operator names them', async () => {
    const asked = await preflight(friend);
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-origin')).toBe(friend);
    expect(asked.headers.get('access-control-allow-headers')).toContain('authorization');
    expect(asked.headers.get('access-control-allow-credentials')).toBeNull();
    const answer = await fetch(api.url + automations, { headers: { ...bearer, origin: friend } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe(friend);
    expect(answer.headers.get('vary')).toContain('Origin');
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
  });

  it('read nothing by a cookie, named or not', async () => {
    for (const origin of [friend, stranger]) {
      const answer = await fetch(api.url + automations, { headers: { cookie, origin } });
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  it('get no word of permission unless they are named', async () => {
    for (const origin of [stranger, 'null', `${friend}.evil.example`, 'http://dashboard.example.com']) {
      const asked = await preflight(origin);
      expect(asked.status).toBe(403);
      const answer = await fetch(api.url + automations, { headers: { ...bearer, origin } });
      for (const { headers } of [asked, answer])
        expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  });
});

describe('A write by cookie', () => {
  it('comes from our own pages', async () => {
    expect((await draw({ cookie, ...json, origin: api.url })).status).toBe(201);
    expect((await draw({ cookie, ...json, 'sec-fetch-site': 'same-origin' })).status).toBe(201);
    const foreign: Record<string, string>[] = [
      { origin: stranger },
      { origin: friend },
      { origin: 'null' },
      { origin: api.url.replace('127.0.0.1', 'localhost') },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      // Both are the browser's to say: the worse of the two counts.
      { 'sec-fetch-site': 'cross-site', origin: api.url },
    ];
    for (const headers of foreign) {
      const { status } = await draw({ cookie, ...json, ...headers });
      expect({ headers, status }).toEqual({ headers, status: 403 });
    }
  });

  it('says that its body is JSON: a form of another site can not', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ]) {
      const { status } = await draw({ cookie, origin: api.url, 'content-type': type });
      expect({ type, status }).toEqual({ type, status: 415 });
    }
    const body = new Blob(['{"name":"x"}']);
    const untyped = await fetch(api.url + automations, {
      method: 'POST',
      headers: { cookie, origin: api.url },
      body,
    });
    expect(untyped.status).toBe(415);
    const signIn = await fetch(`${api.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify(owner),
    });
    expect(signIn.status).toBe(415);
  });

  it('with a key needs neither', async () => {
    expect((await draw({ ...bearer, ...json, origin: stranger })).status).toBe(201);
  });
});

describe('A socket', () => {
  const opens = (headers: Record<string, string>, auth: object = {}) =>
    new Promise<boolean>((resolve) => {
      const socket = io(api.url, {
        extraHeaders: headers,
        auth,
        transports: ['websocket'],
        reconnection: false,
        forceNew: true,
      });
      const end = (opened: boolean) => {
        socket.close();
        resolve(opened);
      };
      socket.once('connect', () => end(true)).once('connect_error', () => end(false));
    });

  it('opens by cookie from our own pages only', async () => {
    expect(await opens({ cookie, origin: api.url })).toBe(true);
    expect(await opens({ cookie, origin: stranger })).toBe(false);
    expect(await opens({ cookie, origin: friend })).toBe(false);
    expect(await opens({ cookie, origin: 'null' })).toBe(false);
    expect(await opens({ cookie, origin: api.url, 'sec-fetch-site': 'cross-site' })).toBe(false);
    expect(await opens({ origin: api.url })).toBe(false);
  });
});

describe('Headers', () => {
  it('keep a page to our own scripts, and out of frames', async () => {
    const { headers } = await fetch(api.url, { headers: { accept: 'text/html' } });
    const policy = new Map(
      headers
        .get('content-security-policy')!
        .split(';')
        .map((directive) => directive.trim().split(/\s+/))
        .map(([name, ...values]) => [name, values.join(' ')]),
    );
    expect(policy.get('default-src')).toBe("'self'");
    expect(policy.get('script-src')).toBe("'self'");
    expect(policy.get('style-src')).toMatch(/^'self' 'nonce-[\w+/=]{20,}'$/);
    expect(policy.get('frame-ancestors')).toBe("'none'");
    expect(policy.get('object-src')).toBe("'none'");
    expect(policy.get('base-uri')).toBe("'none'");
    expect([...policy.values()].join(' ')).not.toMatch(/unsafe|\*/);
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
      'cache-control': 'no-cache',
    });
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('keep private answers, and problems, out of every cache', async () => {
    const answers = await Promise.all([
      api.call('GET', automations),
      api.call('GET', `${automations}/absent`),
      api.call('GET', automations, undefined, {}),
      api.call('GET', '/api/v1/account'),
      api.call('GET', '/api/v1/audit.csv'),
      api.call('GET', '/api/nowhere'),
    ]);
    for (const { headers } of answers) expect(headers.get('cache-control')).toBe('no-store');
  });
});

describe('Bodies', () => {
  it('that are too large are refused as soon as it is known', async () => {
    for (const headers of [bearer, { cookie, origin: api.url }]) {
      const answer = await draw({ ...headers, ...json }, JSON.stringify({ name: 'x'.repeat(200_000) }));
      expect(answer.status).toBe(413);
      expect(await answer.json()).toMatchObject({
        code: 'too-large',
        title: 'The body is larger than 100 kB.',
      });
    }
  });

  it('have a time to arrive', () => {
    expect(api.server.headersTimeout).toBe(15_000);
    expect(api.server.requestTimeout).toBe(60_000);
  });
});
