/** Files that come in at webhooks, and go out as answers, over a real Temporal and store. */
import { createHash, randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startServer } from '../../activities/testing.ts';
import type { Item } from '../../contracts/item.ts';
import { describeWithTemporal } from '../../scripts/stack/test-tools.ts';
import { createFiles } from '../../storage/index.ts';
import { eventually } from '../testing/eventually.ts';
import { webhook } from '../testing/graphs.ts';
import { apiKey, startTestApi, type TestApi } from '../testing/test-api.ts';
import { startTestTemporal, type TestTemporal } from '../testing/test-temporal.ts';
import { carriesFiles } from './file-delivery.ts';
import { writeAnswer } from './write-answer.ts';

const content = randomBytes(700_000);
const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('carriesFiles', () => {
  it.each([
    [undefined, false],
    ['application/json', false],
    ['application/json; charset=utf-8', false],
    ['application/vnd.api+json', false],
    ['application/x-www-form-urlencoded', false],
    ['text/csv', false],
    ['application/xml', false],
    ['image/svg+xml', false],
    ['multipart/form-data; boundary=x', true],
    ['image/png', true],
    ['application/pdf', true],
    ['application/octet-stream', true],
  ])('%s: %s', (type, expected) => {
    expect(carriesFiles({ headers: { 'content-type': type } })).toBe(expected);
  });
});

describeWithTemporal('a delivery with files', () => {
  let temporal: TestTemporal;
  let api: TestApi;
  beforeAll(async () => {
    temporal = await startTestTemporal();
    const env = { HIVIEX_API_KEY: apiKey, HIVIEX_MAX_FILE_BYTES: '1000000' };
    api = await startTestApi({ temporal: temporal.client, env });
    await temporal.work(api.writer);
    const { body } = await api.call('POST', '/api/v1/automations', { name: 'Hook', draft: webhook('files') });
    expect((await api.call('POST', `/api/v1/automations/${body.id}/publish`)).status).toBe(200);
  }, 180_000);
  afterAll(async () => {
    await temporal.close();
    await api.close();
  });

  const post = (body: BodyInit, headers: Record<string, string> = {}) =>
    fetch(`${api.url}/hooks/files`, { method: 'POST', body, headers });
  const itemOf = async (response: Response): Promise<Item> => {
    expect(response.status).toBe(202);
    const { run } = (await response.json()) as { run: string };
    const { body } = await eventually(
      () => api.call('GET', `/api/v1/runs/${run}`),
      ({ body }) => body.state === 'succeeded',
    );
    return body.steps[0].outputs.main[0];
  };
  const read = async (key: string) => {
    const [, run, id] = /\/r\/([^/]+)\/f\/([^/]+)\//.exec(key) ?? [];
    const response = await fetch(`${api.url}/api/v1/runs/${run}/files/${id}`, {
      headers: { authorization: `Bearer ${apiKey}` },
    });
    return new Uint8Array(await response.arrayBuffer());
  };
  const leftOver = async () => (await readdir(join(api.config.HIVIEX_DATA_DIR, 'objects/.part'))).length;

  it('brings the fields and files of a form', async () => {
    const form = new FormData();
    form.append('title', 'May');
    form.append('report', new File([content], 'März "1".pdf', { type: 'application/pdf' }));
    form.append('photo', new File(['a'], 'a.png', { type: 'image/png' }));
    form.append('photo', new File(['b'], 'b.png', { type: 'image/png' }));
    const item = await itemOf(await post(form));
    expect(item.json.body).toEqual({ title: 'May' });
    expect(Object.keys(item.binary ?? {}).sort()).toEqual(['photo', 'photo_1', 'report']);
    const { report } = item.binary!;
    expect(report).toMatchObject({ mimeType: 'application/pdf', bytes: content.length });
    expect(sha(await read(report!.key))).toBe(sha(content));
  });

  it('brings a body that is a file, packed for the way or not', async () => {
    const type = { 'content-type': 'image/png', 'content-disposition': 'attachment; filename="a b.png"' };
    for (const [body, more] of [
      [content, {}],
      [gzipSync(content), { 'content-encoding': 'gzip' }],
    ] as const) {
      const item = await itemOf(await post(new Uint8Array(body), { ...type, ...more }));
      expect(item.binary?.data).toMatchObject({
        fileName: 'a b.png',
        mimeType: 'image/png',
        bytes: content.length,
      });
      expect(item.json.body).toEqual({});
    }
  });

  it('is refused when a file is too large, and keeps nothing', async () => {
    const form = new FormData();
    form.append('small', new File(['x'], 'x.txt'));
    form.append('large', new File([Buffer.alloc(1_000_001)], 'large.bin'));
    for (const body of [form, new Blob([Buffer.alloc(1_000_001)], { type: 'image/png' })]) {
      const response = await post(body);
      expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([
        413,
        'too-large',
      ]);
    }
    expect(await leftOver()).toBe(0);
  });

  it('that breaks off, or is no form at all, starts no run and keeps nothing', async () => {
    const malformed = await post('nothing like a form', {
      'content-type': 'multipart/form-data; boundary=x',
    });
    expect(malformed.status).toBe(400);
    const { port } = new URL(api.url);
    const socket = connect(Number(port), '127.0.0.1');
    const head = 'POST /hooks/files HTTP/1.1\r\nhost: x\r\ncontent-length: 9000\r\n';
    socket.write(`${head}content-type: multipart/form-data; boundary=x\r\n\r\n`);
    socket.write('--x\r\ncontent-disposition: form-data; name="a"; filename="a.txt"\r\n\r\nhalf of it');
    await eventually(leftOver, (count) => count === 1);
    socket.destroy();
    await eventually(leftOver, (count) => count === 0);
  });

  it('can be answered with a file, of the own workspace only', async () => {
    const { store } = api.objects;
    const files = createFiles({ store, workspace: 'ws', run: 'r', maxBytes: 1_000, idOf: () => 'id' });
    const value = await files.save(Buffer.from('%PDF'), { fileName: 'a.pdf', mimeType: 'application/pdf' });
    const answer = { status: 200, headers: [], body: { kind: 'file' as const, value } };
    const server = await startServer((request, response) => {
      const workspace = request.url?.slice(1) ?? '';
      writeAnswer({ response, store, workspace }, answer).catch(({ code }: { code: string }) =>
        response.writeHead(500).end(code),
      );
    });
    const own = await fetch(`${server.origin}/ws`);
    expect(await own.text()).toBe('%PDF');
    expect(Object.fromEntries(own.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': '4',
      'content-security-policy': expect.stringMatching(/^sandbox/),
    });
    expect(await (await fetch(`${server.origin}/other`)).text()).toBe('not-found');
    await server.close();
  });
});
