/** Pictures of other hosts, on a real one, which counts what is asked of it. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { ulid } from 'ulid';
import { addPerson, addWorkspace, firstWorkspace } from '../testing/people.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;
let host: Server;
let origin: string;
let headers: Record<string, string>;
let asked: IncomingMessage[] = [];

beforeAll(async () => {
  const photo = await sharp({ create: { width: 3_000, height: 1_500, channels: 3, background: '#c60' } })
    .withExif({ IFD0: { Copyright: 'somebody' } })
    .jpeg()
    .toBuffer();
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>';
  const served: Record<string, { type: string; body: Buffer | string }> = {
    '/photo': { type: 'image/jpeg', body: photo },
    '/lies': { type: 'text/html', body: photo },
    '/svg': { type: 'image/png', body: svg },
    '/html': { type: 'image/png', body: '<!doctype html><script>alert(1)</script>' },
    '/cut': { type: 'image/jpeg', body: photo.subarray(0, 300) },
    '/large': { type: 'image/png', body: Buffer.alloc(10_000_001) },
  };
  host = createServer((request, response) => {
    asked.push(request);
    const path = new URL(request.url ?? '', 'http://x').pathname;
    if (path === '/inside')
      return response.writeHead(302, { location: 'http://169.254.169.254/photo' }).end();
    const found = served[path];
    if (!found) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': found.type, 'set-cookie': 'seen=1' }).end(found.body);
  });
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
  api = await startTestApi({
    env: {
      HIVIEX_ALLOW_PRIVATE_HOSTS: new URL(origin).host,
      HIVIEX_OWNER_EMAIL: 'owner@example.com',
      HIVIEX_OWNER_PASSWORD: 'correct horse battery',
      HIVIEX_RATE_LIMITS: '{"picture":{"workspace":40}}',
    },
  });
  ({ headers } = await addPerson(api, 'owner'));
}, 120_000);
afterAll(async () => {
  await api?.close();
  host?.closeAllConnections();
  host?.close();
});
beforeEach(() => {
  asked = [];
});

const call = (method: string, path: string, body?: unknown, as = headers) =>
  api.call(method, `/api/v1${path}`, body, as);
const allow = (hosts: string, as = headers) => call('PUT', '/workspace/picture-hosts', { hosts }, as);
const open = async (urls: string[], more: object = {}, as = headers) =>
  (await call('POST', '/pictures', { urls, ...more }, as)).body.items as { url: string; src?: string }[];
const show = (src: string | undefined) => fetch(api.url + src);

it('are fetched of allowed hosts only, or when a person asks, and not before they are looked at', async () => {
  const url = `${origin}/photo?of=us`;
  expect(await open([url, 'https://other.example/x'])).toEqual([{ url }, { url: 'https://other.example/x' }]);
  const [asked1] = await open([url], { load: true });
  expect(asked1?.src).toMatch(/^\/pictures\//);
  expect((await allow('127.0.0.1, *.example.org')).status).toBe(200);
  const allowed = await open([
    url,
    'https://a.example.org/',
    'https://example.org/',
    'https://evil.org/?example.org',
  ]);
  expect(allowed.map(({ src }) => src !== undefined)).toEqual([true, true, false, false]);
  // All day the same, so that browsers keep the picture.
  expect(allowed[0]?.src).toBe(asked1?.src);
  expect(asked).toEqual([]);
  expect((await call('GET', '/workspace/picture-hosts')).body).toEqual({ hosts: '127.0.0.1, *.example.org' });
});

it('are given as pixels alone, without anything of whoever looks', async () => {
  for (const path of ['/photo', '/lies']) {
    const [one] = await open([`${origin}${path}`], { load: true });
    const shown = await fetch(api.url + one?.src, { headers: { ...headers, referer: `${api.url}/chat/1` } });
    expect(shown.status).toBe(200);
    const fields = [
      'content-type',
      'content-security-policy',
      'x-content-type-options',
      'set-cookie',
      'cache-control',
    ];
    expect(fields.map((name) => shown.headers.get(name))).toEqual([
      ...['image/jpeg', "default-src 'none'; sandbox", 'nosniff', null, 'private, max-age=86400, immutable'],
    ]);
    const facts = await sharp(Buffer.from(await shown.arrayBuffer())).metadata();
    expect(facts).toMatchObject({ format: 'jpeg', width: 2_000, height: 1_000 });
    expect(facts.exif).toBeUndefined();
  }
  for (const { headers: sent } of asked) {
    expect([sent.cookie, sent.referer, sent['x-forwarded-for'], sent.origin]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(sent['user-agent']).toBe('Hiviex');
  }
});

it.each(['/svg', '/html', '/cut', '/large', '/missing', '/inside'])(
  '%s is no picture, and nothing of it is given',
  async (path) => {
    const [one] = await open([`${origin}${path}`], { load: true });
    const answer = await show(one?.src);
    expect(answer.status).toBe(502);
    expect(await answer.json()).toMatchObject({ code: 'picture-unavailable' });
  },
);

it('of private addresses are not fetched, and the answer is that of a name that leads nowhere', async () => {
  const port = new URL(origin).port;
  const urls = [
    `http://[::1]:${port}/photo`,
    'http://169.254.169.254/',
    'http://nowhere.invalid/',
    `${origin.replace(port, '9')}/`,
  ];
  const answers = await Promise.all(
    (await open(urls, { load: true })).map(async ({ src }) => (await show(src)).json()),
  );
  expect(new Set(answers.map(({ code }: { code: string }) => code))).toEqual(
    new Set(['picture-unavailable']),
  );
  expect(asked).toEqual([]);
  for (const url of [
    'javascript:alert(1)',
    'data:image/png;base64,AA',
    'file:///etc/passwd',
    'http://me:secret@a.example/',
    '/api/v1/account',
  ])
    expect((await call('POST', '/pictures', { urls: [url], load: true })).status).toBe(400);
});

it('need a path that we signed, unchanged', async () => {
  const [one] = await open([`${origin}/photo`], { load: true });
  const [body = '', mac = ''] = (one?.src ?? '').slice('/pictures/'.length).split('.');
  const other = Buffer.from(JSON.stringify([ulid(), `${origin}/photo`, 9_999_999_999])).toString('base64url');
  for (const token of [
    `${other}.${mac}`,
    body,
    `${body}.`,
    `${body}.${mac}A`,
    `${body}.${mac.slice(1)}`,
    '',
    'a.b.c',
  ]) {
    const answer = await show(`/pictures/${token}`);
    expect([answer.status, (await answer.json()).code]).toEqual([403, 'picture-link-over']);
  }
  expect(asked).toEqual([]);
});

it('of a workspace are no matter of another', async () => {
  const elsewhere = await addWorkspace(api);
  const other = await addPerson(api, 'owner', elsewhere);
  await allow('127.0.0.1');
  expect(await open([`${origin}/photo`], {}, other.headers)).toEqual([{ url: `${origin}/photo` }]);
  const member = await addPerson(api, 'member');
  expect((await allow('evil.example', member.headers)).status).toBe(403);
  expect((await allow('not a host')).status).toBe(400);
});

it('in a shared conversation are those that it names, of allowed hosts', async () => {
  const workspace = await firstWorkspace(api);
  await allow('127.0.0.1');
  const { body: agent } = await call('POST', '/agents', { name: 'Painter' });
  await call('POST', `/agents/${agent.id}/publish`);
  const { body: conversation } = await call('POST', '/conversations', {
    with: { kind: 'agent', id: agent.id },
  });
  const named = `${origin}/photo?n=1`;
  const question = ulid();
  await api.db.inWorkspace(workspace, async ({ chat }) => {
    const { owner } = (await chat.conversations.ownerOf(conversation.id))!;
    await chat.messages.addTurn({
      ...{
        conversation: conversation.id,
        question,
        answer: ulid(),
        parent: undefined,
        author: { person: owner, name: 'Ana' },
      },
      ...{ parts: [{ type: 'text', text: `![x](${named}) ![y](https://evil.example/y)` }] },
      answerer: { kind: 'agent', agent: agent.id, version: 'v' },
    });
  });
  const { body: link } = await call('POST', `/conversations/${conversation.id}/share-links`);
  const token = (link.url as string).split('/share/')[1];
  const urls = [named, `${origin}/photo?n=2`, 'https://evil.example/y'];
  const { body } = await call('POST', '/shared/pictures', { token, urls }, {});
  expect(body.items.map(({ src }: { src?: string }) => src !== undefined)).toEqual([true, false, false]);
  expect((await show(body.items[0].src)).status).toBe(200);
  expect((await call('POST', '/shared/pictures', { token: 'another', urls }, {})).status).toBe(410);
  // A copy of it fetches nothing, wherever it is opened.
  const copy = await fetch(`${api.url}/api/v1/conversations/${conversation.id}/export`, { headers });
  expect(await copy.text()).toContain(`\\![x](${named})`);
});

it('are so many a minute for a workspace', async () => {
  const [one] = await open([`${origin}/missing`], { load: true });
  const statuses: number[] = [];
  while (!statuses.includes(429)) statuses.push((await show(one?.src)).status);
  expect(new Set(statuses)).toEqual(new Set([502, 429]));
});
