/**
 * Uploads from the first question to the file: through our API into a folder, and straight to a bucket. The large one has 17 MiB here,
 * and 4 GB with HIVIEX_DRILL=full. Over 300 lines: the cases share the API, the folder and the server of the bucket.
 */
import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { ulid } from 'ulid';
import type { Database } from '../../db/index.ts';
import { openDatabase } from '../../db/index.ts';
import { describeWithVersitygw, versitygwBinary } from '../../scripts/stack/test-tools.ts';
import { type S3Server, startVersitygw } from '../../scripts/stack/versitygw.ts';
import { addPerson, createTenant, type Person, type Tenant } from '../../tests/access/tenants.ts';
import { type StubServer, startStub } from '../../tests/support/stub-server.ts';
import { eventually } from '../testing/eventually.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

const largeBytes = process.env.HIVIEX_DRILL === 'full' ? 4_000_000_000 : 17 * 1024 * 1024;

let db: Database;
let scanner: StubServer;
beforeAll(async () => {
  db = await openDatabase({ dataDir: 'memory://' });
  await db.migrate();
  const clean = { clean: true };
  const ill = { clean: false, reason: 'Eicar' };
  scanner = await startStub({
    answer: (request, response) =>
      void response.end(JSON.stringify(request.headers['content-type'] === 'text/x-ill' ? ill : clean)),
  });
});
afterAll(async () => {
  await scanner.close();
  await db.close();
});

const camera = () =>
  sharp({ create: { width: 800, height: 400, channels: 3, background: '#c60' } })
    .withExif({ IFD0: { Copyright: 'somebody' }, IFD3: { GPSLatitude: '48/1 8/1 0/1' } })
    .jpeg()
    .toBuffer();

function suite(env: () => Record<string, string>): void {
  let api: TestApi;
  let tenant: Tenant;
  let member: Person;
  let builder: Person;
  beforeAll(async () => {
    const more = { HIVIEX_SCANNER_URL: scanner.url, CDN_BASE_URL: 'https://cdn.example/' };
    api = await startTestApi({ db, env: { HIVIEX_RATE_LIMITS: 'off', ...more, ...env() } });
    tenant = await createTenant(api, 'Uploads');
    member = await addPerson(api, tenant, 'member');
    builder = await addPerson(api, tenant, 'builder');
  });
  afterAll(() => api.close());

  const call = (method: string, path: string, body?: unknown, person: Person = tenant.owner) =>
    api.call(method, `/api/v1${path}`, body, { cookie: person.cookie });
  const begin = async (bytes: Buffer | number, more: object = {}, person?: Person) => {
    const size = typeof bytes === 'number' ? bytes : bytes.length;
    const body = { name: 'notes.txt', type: 'text/plain', bytes: size, purpose: 'chat', ...more };
    return call('POST', '/files/uploads', body, person);
  };
  const send = async (
    request: { url: string; headers: Record<string, string> },
    bytes: Buffer,
    headers = request.headers,
  ) => {
    const url = request.url.startsWith('/') ? api.url + request.url : request.url;
    const response = await fetch(url, { method: 'PUT', body: new Uint8Array(bytes), headers });
    return { status: response.status, text: await response.text() };
  };
  const complete = (id: string, person?: Person) =>
    call('POST', `/files/uploads/${id}/complete`, undefined, person);
  const upload = async (bytes: Buffer, more: object = {}, person?: Person) => {
    const { body } = await begin(bytes, more, person);
    expect((await send(body.sending.request, bytes)).status).toBeLessThan(300);
    return complete(body.file.id, person);
  };
  /** Objects of the workspace that are not of earlier tests. */
  const objects = async () => {
    const keys: string[] = [];
    for (const prefix of [`w/${tenant.id}/`, `media/${tenant.id}/`])
      for await (const { key } of api.objects.store.list(prefix)) keys.push(key);
    return keys.sort();
  };

  it('are sent, checked and opened', async () => {
    const bytes = Buffer.from('Olá, hello');
    const { status, body } = await upload(bytes, { name: 'a/b/märz.txt' });
    expect([status, body]).toMatchObject([
      200,
      {
        ...{ name: 'märz.txt', type: 'text/plain', bytes: 11, state: 'ready', visibility: 'private' },
        sha256: createHash('sha256').update(bytes).digest('hex'),
        url: `/api/v1/files/${body.id}/content`,
      },
    ]);
    const read = await fetch(api.url + body.url, { headers: { cookie: tenant.owner.cookie } });
    expect([await read.text(), read.headers.get('content-disposition')]).toEqual([
      'Olá, hello',
      expect.stringMatching(/^attachment/),
    ]);
    expect((await complete(body.id)).body).toEqual(body);
    const link = await call('GET', `/files/${body.id}/link`);
    const { pathname, search, origin } = new URL(link.body.url);
    const opened = await fetch((pathname === '/api/v1/objects' ? api.url : origin) + pathname + search);
    expect(await opened.text()).toBe('Olá, hello');
    // What is attached to a chat is its owner's.
    expect((await call('GET', `/files/${body.id}`, undefined, member)).status).toBe(404);
    // Nor does a run of an agent open it for anybody else.
    const agent = await call('POST', '/agents', { name: 'Reader', visibility: 'workspace' });
    await call('POST', `/agents/${agent.body.id}/publish`);
    const part = { type: 'file', file: body.id, name: 'märz.txt', mimeType: 'text/plain', bytes: 11 };
    for (const given of [{ files: [body.id] }, { messages: [{ role: 'user', content: [part] }] }]) {
      const run = { message: 'Read it.', ...given };
      expect((await call('POST', `/agents/${agent.body.id}/runs`, run, member)).status).toBe(404);
    }
    expect(await objects()).toEqual([`w/${tenant.id}/f/${body.id}`]);
    expect((await call('DELETE', `/files/uploads/${body.id}`)).status).toBe(204);
    expect((await call('GET', `/files/${body.id}`)).status).toBe(404);
    expect(await objects()).toEqual([]);
  });

  it('that hang on a conversation are opened by whoever may read it, for as long; in a shared one strangers see its pictures', async () => {
    const picture = await sharp({ create: { width: 900, height: 300, channels: 3, background: '#2d6cdf' } })
      .withExif({ IFD0: { Copyright: 'Ana of the secret place' } })
      .jpeg()
      .toBuffer();
    const file = (await upload(picture, { name: 'blue.jpg', type: 'image/jpeg' })).body;
    const notes = (await upload(Buffer.from('by mail'), { name: 'notes.txt' })).body;
    const elsewhere = (await upload(Buffer.from('mine'), { name: 'mine.txt' })).body;
    const owner = `user:${tenant.owner.user}`;
    const conversation = await api.db.inWorkspace(tenant.id, async ({ chat }) => {
      const id = await chat.conversations.create({
        ...{ owner, with: { kind: 'agent', id: 'a' }, visibility: 'private', title: 'Blue' },
      });
      const answer = ulid();
      await chat.messages.addTurn({
        ...{ conversation: id, question: ulid(), answer, author: { person: owner, name: 'Ana' } },
        ...{ parent: undefined, answerer: { kind: 'agent', agent: 'a', version: 'v' } },
        parts: [file, notes].map(({ id: of, name, type, bytes }) => ({
          ...{ type: 'file' as const, file: of, name, mimeType: type, bytes },
        })),
      });
      await chat.endAnswer({ target: { conversation: id, message: answer }, change: { state: 'succeeded' } });
      return id;
    });
    const opened = async () =>
      Promise.all(
        [file, notes, elsewhere].map(
          async ({ id }) => (await call('GET', `/files/${id}/content`, undefined, member)).status,
        ),
      );
    const open = (visibility: string) => call('PATCH', `/conversations/${conversation}`, { visibility });
    expect(await opened()).toEqual([404, 404, 404]);
    await open('workspace');
    expect(await opened()).toEqual([200, 200, 404]);
    // To see it is not to own it.
    expect((await call('DELETE', `/files/${file.id}`, undefined, builder)).status).toBe(404);
    await open('private');
    expect(await opened()).toEqual([404, 404, 404]);

    const share = await call('POST', `/conversations/${conversation}/share-links`);
    const token = share.body.url.split('/').at(-1);
    const shared = await api.call('POST', '/api/v1/shared', { token }, {});
    const [message] = shared.body.messages;
    expect(message.attachments).toMatchObject([{ name: 'blue.jpg', width: 900, height: 300 }]);
    const { url } = message.attachments[0];
    for (let again = 0; again < 2; again++) {
      const seen = await fetch(api.url + url);
      const bytes = Buffer.from(await seen.arrayBuffer());
      expect([seen.status, seen.headers.get('content-type')]).toEqual([200, 'image/webp']);
      const { width, exif } = await sharp(bytes).metadata();
      expect([width, exif, bytes.includes('secret')]).toEqual([900, undefined, false]);
    }
    expect((await fetch(`${api.url}${url.slice(0, -2)}xx`)).status).toBe(410);
    const { id: link } = share.body;
    expect((await call('DELETE', `/conversations/${conversation}/share-links/${link}`)).status).toBe(204);
    expect((await fetch(api.url + url)).status).toBe(410);
    for (const { id } of [file, notes, elsewhere]) await call('DELETE', `/files/uploads/${id}`);
    expect(await objects()).toEqual([]);
  });

  it('are stored once when they are the same, and counted so', async () => {
    const bytes = randomBytes(2_000);
    const type = 'application/octet-stream';
    const first = (await upload(bytes, { type, purpose: 'file' })).body;
    const second = (await upload(bytes, { type, purpose: 'file', name: 'copy.bin' }, member)).body;
    expect(await objects()).toEqual([`w/${tenant.id}/f/${first.id}`]);
    expect((await call('GET', '/storage')).body).toEqual({ files: 1, bytes: 2_000, limit: 4_500_000_000 });
    const names = (list: { body: { items: { name: string }[] } }) => list.body.items.map(({ name }) => name);
    expect(names(await call('GET', '/files'))).toEqual(['copy.bin', 'notes.txt']);
    expect(names(await call('GET', '/files', undefined, member))).toEqual(['copy.bin']);
    await call('DELETE', `/files/${first.id}`);
    const read = await fetch(api.url + second.url, { headers: { cookie: member.cookie } });
    expect(Buffer.from(await read.arrayBuffer()).equals(bytes)).toBe(true);
    await call('DELETE', `/files/${second.id}`);
    expect(await objects()).toEqual([]);
  });

  it('come in parts above 16 MiB, and go on after a break', async () => {
    const { body } = await begin(largeBytes, { type: 'application/octet-stream', purpose: 'file' });
    const { sending, file } = body;
    const parts = Math.ceil(largeBytes / (8 * 1024 * 1024));
    expect(sending).toEqual({ kind: 'parts', partBytes: 8 * 1024 * 1024, parts, arrived: [] });
    const sign = async (list: number[]) =>
      (await call('POST', `/files/uploads/${file.id}/parts`, { parts: list })).body.items;
    const noise = randomBytes(sending.partBytes);
    /** The same noise each time, behind its number. */
    const piece = (part: number, bytes: number) => {
      noise.writeUInt32BE(part);
      return noise.subarray(0, bytes);
    };
    const [first, last] = await sign([1, parts]);
    expect((await send(last.request, piece(parts, last.bytes))).status).toBeLessThan(300);
    expect((await send(first.request, piece(1, 1_000))).status).toBe(403);
    expect((await complete(file.id)).body.code).toBe('upload-incomplete');
    const { body: later } = await call('GET', `/files/uploads/${file.id}`);
    expect(later.sending.arrived).toEqual([parts]);
    const hash = createHash('sha256');
    for (let part = 1; part <= parts; part++) {
      const [{ request, bytes }] = await sign([part]);
      hash.update(piece(part, bytes));
      if (part < parts) expect((await send(request, piece(part, bytes))).status).toBeLessThan(300);
    }
    // Each answer comes when the check is over, or after 15 seconds of it.
    let done = await complete(file.id);
    while (done.status === 202) done = await complete(file.id);
    expect(done.body).toMatchObject({ state: 'ready', bytes: largeBytes, sha256: hash.digest('hex') });
    const more = await call('POST', `/files/uploads/${file.id}/parts`, { parts: [1] });
    expect(more.body.code).toBe('upload-over');
    await call('DELETE', `/files/uploads/${file.id}`);
    expect(await objects()).toEqual([]);
  }, 900_000);

  it('are refused before they come when they are too large, too many or not for this', async () => {
    expect((await begin(11_000_000, { purpose: 'avatar', type: 'image/png' })).body).toMatchObject({
      ...{ status: 413, code: 'upload-too-large', title: 'The file is larger than 10 MB.' },
    });
    expect((await begin(5_000_000_001, { purpose: 'file' })).body.code).toBe('upload-too-large');
    expect((await begin(10, { purpose: 'avatar', type: 'image/svg+xml' })).body.code).toBe(
      'upload-type-refused',
    );
    expect((await begin(10, { visibility: 'public' })).body.code).toBe('upload-type-refused');
    expect((await begin(4_600_000_000, { purpose: 'file' })).body.code).toBe('storage-full');
    expect((await begin(0)).body.code).toBe('invalid-request');
    expect((await begin(10, { type: 'text/html; a=b' })).body.code).toBe('invalid-request');
  });

  it('with a lying size or type, or through a changed link, get nowhere', async () => {
    const { body } = await begin(5);
    const { request } = body.sending;
    expect((await send(request, Buffer.from('longer'))).status).toBe(403);
    expect((await send(request, Buffer.from('less'))).status).toBe(403);
    expect((await send(request, Buffer.from('hello'), { 'content-type': 'text/html' })).status).toBe(403);
    const changed = {
      ...request,
      url: request.url.replace(/.$/, (end: string) => (end === 'A' ? 'Q' : 'A')),
    };
    const tampered = request.url.startsWith('/')
      ? changed
      : { ...request, url: request.url.replace('/u/', '/f/') };
    expect((await send(tampered, Buffer.from('hello'))).status).toBe(403);
    expect(await objects()).toEqual([]);
    expect((await complete(body.file.id)).body.code).toBe('upload-incomplete');
    expect((await call('DELETE', `/files/uploads/${body.file.id}`)).status).toBe(204);
  });

  it('that are not what they said, or are ill, are refused, and nothing is kept', async () => {
    const jpeg = await camera();
    const wrong = await upload(jpeg, { name: 'x.png', type: 'image/png' });
    expect(wrong.body).toMatchObject({
      ...{ status: 422, code: 'file-type-differs' },
      title: 'The file was announced as image/png, and is image/jpeg.',
    });
    expect((await upload(Buffer.from('MZ not an image'), { type: 'image/png' })).body.code).toBe(
      'file-type-differs',
    );
    const ill = await upload(Buffer.from('X5O!'), { type: 'text/x-ill' });
    expect(ill.body).toMatchObject({ code: 'file-refused', title: 'The scanner refused the file: Eicar' });
    const broken = await upload(jpeg.subarray(0, 300), { type: 'image/jpeg', purpose: 'avatar' });
    expect(broken.body.code).toBe('picture-unreadable');
    expect(await objects()).toEqual([]);
  });

  it('that are public pictures lose what the camera wrote, and have an address for ever', async () => {
    const jpeg = await camera();
    expect((await sharp(jpeg).metadata()).exif).toBeDefined();
    const { body } = await upload(jpeg, { name: 'me.jpg', type: 'image/jpeg', purpose: 'avatar' });
    expect(body).toMatchObject({ visibility: 'public', width: 800, height: 400 });
    const path = body.url.replace('https://cdn.example', '');
    expect(path).toMatch(/^\/media\/\w+\/[0-9a-f]{64}\.jpeg$/);
    const read = await fetch(api.url + path);
    const bytes = Buffer.from(await read.arrayBuffer());
    expect(path).toContain(createHash('sha256').update(bytes).digest('hex'));
    expect((await sharp(bytes).metadata()).exif).toBeUndefined();
    expect(Object.fromEntries(read.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'cache-control': 'public, max-age=31536000, immutable',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
    });
    const small = await fetch(api.url + body.thumbnailUrl.replace('https://cdn.example', ''));
    expect(await sharp(Buffer.from(await small.arrayBuffer())).metadata()).toMatchObject({
      ...{ format: 'webp', width: 320, height: 160 },
    });
    expect((await fetch(`${api.url}/media/../w/${tenant.id}/f/x`)).status).toBe(404);
    await call('DELETE', `/files/${body.id}`);
    expect(await objects()).toEqual([]);
  });

  it('may be sent and shown by our pages', async () => {
    const policy = (await fetch(api.url)).headers.get('content-security-policy');
    expect(policy).toMatch(/img-src 'self' data: blob: https:\/\/cdn\.example;/);
    const bucket = env().S3_PUBLIC_ENDPOINT;
    expect(policy).toContain(`connect-src 'self'${bucket === undefined ? '' : ` ${bucket}`};`);
  });

  it('through a link whose time is over are refused', async () => {
    const { body } = await begin(5);
    const rules = { bytes: 5, mimeType: 'text/plain', expiresIn: 1 };
    const key = `w/${tenant.id}/u/${body.file.id}`;
    const request = await api.objects.store.uploads.sign(key, rules);
    const refused = await eventually(
      () => send(request, Buffer.from('hello')),
      ({ status }) => status >= 400,
    );
    expect(refused.status).toBe(403);
    expect(refused.text).toMatch(/upload-link-over|has expired/);
    await call('DELETE', `/files/uploads/${body.file.id}`);
    expect(await objects()).toEqual([]);
  });

  it('that are pictures have a thumbnail, for who may see them', async () => {
    const { body } = await upload(await camera(), { name: 'a.jpg', type: 'image/jpeg' });
    const read = (person: Person) =>
      fetch(api.url + body.thumbnailUrl, { headers: { cookie: person.cookie } });
    expect((await read(tenant.owner)).headers.get('content-type')).toBe('image/webp');
    expect((await read(member)).status).toBe(404);
    await call('DELETE', `/files/uploads/${body.id}`);
    expect(await objects()).toEqual([]);
  });
}

const limits = { HIVIEX_STORAGE_BYTES: '4500000000' };

describe('Uploads into a folder', () => suite(() => limits));

describeWithVersitygw('Uploads to S3', () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await startVersitygw(versitygwBinary());
  }, 60_000);
  afterAll(() => server.stop());
  suite(() => ({
    ...limits,
    S3_ENDPOINT: server.endpoint,
    S3_PUBLIC_ENDPOINT: server.endpoint,
    S3_BUCKET: server.bucket,
    S3_ACCESS_KEY_ID: server.accessKeyId,
    S3_SECRET_ACCESS_KEY: server.secretAccessKey,
  }));
});
