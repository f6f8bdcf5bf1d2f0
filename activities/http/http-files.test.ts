/** Files that come and go over HTTP, against a real server. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import type { EffectResult } from '../../contracts/effect.ts';
import type { Item } from '../../contracts/item.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { createGuard } from '../../outbound/guard/index.ts';
import { createFolderStore, type ObjectStore } from '../../storage/index.ts';
import { createCredentialResolver } from '../credentials/resolve-credential.ts';
import { effectActivity } from '../effect-activity.ts';
import { activityContext, effectInput, failureOf, startServer, type TestServer } from '../testing.ts';
import { createHttpRequestEffect } from './http-request.ts';

const maxBytes = 3_000_000;
const content = randomBytes(2_500_000);
const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

let folder: string;
let store: ObjectStore;
let server: TestServer;
let received: { type: string | undefined; length: string | undefined; body: Buffer }[] = [];
const guard = createGuard({ allow: '127.0.0.1' });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hiviex-http-files-'));
  store = createFolderStore({ folder, linkBase: '' });
  server = await startServer(async (request, response) => {
    const url = new URL(request.url ?? '', 'http://localhost');
    if (url.pathname.startsWith('/upload')) {
      const { 'content-type': type, 'content-length': length } = request.headers;
      received.push({ type, length, body: await buffer(request) });
      if (url.pathname === '/upload-elsewhere') return response.writeHead(307, { location: '/upload' }).end();
      return response.setHeader('content-type', 'application/json').end('{"ok":true}');
    }
    if (url.pathname === '/packed') response.setHeader('content-encoding', 'gzip');
    if (url.searchParams.has('name'))
      response.setHeader('content-disposition', url.searchParams.get('name') ?? '');
    response.setHeader('content-type', 'application/pdf');
    if (url.pathname === '/endless') {
      response.write(content);
      return response.write(content);
    }
    if (url.pathname === '/broken') {
      response.setHeader('content-length', '1000');
      response.write('the first part');
      return setTimeout(() => response.destroy(), 20);
    }
    if (url.pathname === '/huge') return response.setHeader('content-length', maxBytes + 1).write('x');
    return response.end(url.pathname === '/packed' ? gzipSync(content) : content);
  });
});
afterAll(async () => {
  await server.close();
  await guard.close();
  await rm(folder, { recursive: true });
});

const call = (parameters: JsonObject, item: Item = { json: {} }): Promise<EffectResult> => {
  const credentials = createCredentialResolver({ db: undefined, guard });
  const effect = createHttpRequestEffect({ maxResultBytes: 10_000, guard, credentials });
  const log = pino({ level: 'silent' });
  const activity = effectActivity('http-request', effect, {
    ...{ log, maxResultBytes: 10_000 },
    files: { store, maxBytes },
  });
  const { pathname } = new URL(String(parameters.url), server.origin);
  const url = new URL(String(parameters.url), server.origin).href;
  const context = { ...effectInput({}).context, idempotencyKey: `run-1:${pathname}:0` };
  return activityContext().run(activity, effectInput({ ...parameters, url }, { items: [item], context }));
};
const download = (path: string) => call({ url: path, result: 'file' });

describe('An answer as a file', () => {
  it('is kept whole, whatever it is, and tells what it is', async () => {
    const { items } = await download('/reports/May%202024.pdf');
    const file = items[0]!.binary!.data!;
    expect(items[0]!.json).toEqual({
      fileName: 'May 2024.pdf',
      mimeType: 'application/pdf',
      bytes: content.length,
      status: 200,
    });
    expect(file).toMatchObject({ fileName: 'May 2024.pdf', bytes: content.length });
    expect(sha(await buffer(await store.get(file.key)))).toBe(sha(content));
  });

  it('is kept as it was before it was packed for the way', async () => {
    const { items } = await download('/packed');
    expect(items[0]!.json).toMatchObject({ bytes: content.length });
  });

  it.each([
    ['attachment; filename="a \\"b\\".pdf"; size=3', 'a "b".pdf'],
    ["attachment; filename=plain.pdf; filename*=UTF-8''m%C3%A4rz.pdf", 'märz.pdf'],
    ['attachment; filename=../../etc/passwd', 'passwd'],
    ['inline', 'named'],
  ])('is called what its sender says: %s', async (name, expected) => {
    const { items } = await download(`/named?name=${encodeURIComponent(name)}`);
    expect(items[0]!.json.fileName).toBe(expected);
  });

  it.each([
    ['/huge', 'file-too-large'],
    ['/endless', 'file-too-large'],
    ['/broken', 'connection-lost'],
  ])('of %s fails as %s and leaves nothing', async (path, code) => {
    const { failure } = await failureOf(download(path));
    expect(failure.code).toBe(code);
    for await (const { bytes } of store.list('w/ws/')) expect(bytes).toBe(content.length);
  });
});

describe('A file as the body', () => {
  const withFile = async () => ({ json: {}, binary: (await download('/to-send.pdf')).items[0]!.binary });

  it('goes out whole, with its type and length', async () => {
    const item = await withFile();
    received = [];
    await call({ url: '/upload', method: 'PUT', bodyType: 'file' }, item);
    expect(received).toMatchObject([{ type: 'application/pdf', length: String(content.length) }]);
    expect(sha(received[0]!.body)).toBe(sha(content));
  });

  it('goes along in a form, beside its fields', async () => {
    const item = await withFile();
    received = [];
    const form = {
      formBody: [{ name: 'title', value: 'May "24"' }],
      formFiles: [{ name: 'report', file: 'data' }],
    };
    await call({ url: '/upload', method: 'POST', bodyType: 'multipart', ...form }, item);
    const { type, length, body } = received[0]!;
    expect(Number(length)).toBe(body.length);
    const parsed = await new Response(new Uint8Array(body), {
      headers: { 'content-type': type! },
    }).formData();
    expect(parsed.get('title')).toBe('May "24"');
    const file = parsed.get('report') as File;
    expect({ name: file.name, type: file.type }).toEqual({ name: 'to-send.pdf', type: 'application/pdf' });
    expect(sha(new Uint8Array(await file.arrayBuffer()))).toBe(sha(content));
  });

  it('is sent again where a redirect asks for it', async () => {
    const item = await withFile();
    received = [];
    await call({ url: '/upload-elsewhere', method: 'POST', bodyType: 'file' }, item);
    expect(received.map(({ body }) => sha(body))).toEqual([sha(content), sha(content)]);
  });

  it('has to be there', async () => {
    const { failure } = await failureOf(call({ url: '/upload', method: 'POST', bodyType: 'file' }));
    expect(failure).toMatchObject({ code: 'no-file', message: expect.stringContaining('"data"') });
  });
});
