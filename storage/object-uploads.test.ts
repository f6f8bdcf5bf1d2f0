import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../api/testing/eventually.ts';
import { describeWithVersitygw, versitygwBinary } from '../scripts/stack/test-tools.ts';
import { type S3Server, startVersitygw } from '../scripts/stack/versitygw.ts';
import { describeStores } from '../tests/support/describe-stores.ts';
import type { PartedUpload, SignedRequest } from './object-uploads.ts';
import { createS3Store, type S3Store } from './s3/s3-store.ts';
import { createUploadLinks } from './upload-link.ts';

const partBytes = 5 * 1024 * 1024;
let count = 0;
const freshKey = () => `w/acme/f/file-${++count}`;

describeStores('Uploads in parts', (store) => {
  const begin = async (): Promise<PartedUpload> => {
    const key = freshKey();
    return { key, upload: await store().uploads.begin(key, { mimeType: 'text/plain' }) };
  };
  const put = (upload: PartedUpload, part: number, bytes: Buffer) =>
    store().uploads.putPart(upload, part, Readable.from([bytes]));

  it('come in any order, twice, over time, and are one object at the end', async () => {
    const whole = randomBytes(2 * partBytes + 3);
    const piece = (part: number) => whole.subarray((part - 1) * partBytes, part * partBytes);
    const upload = await begin();
    await put(upload, 2, piece(2));
    await put(upload, 3, piece(3));
    expect(await store().uploads.parts(upload)).toEqual([
      { part: 2, bytes: partBytes },
      { part: 3, bytes: 3 },
    ]);
    await put(upload, 1, randomBytes(partBytes));
    await put(upload, 1, piece(1));
    await store().uploads.finish(upload);
    expect((await buffer(await store().get(upload.key))).equals(whole)).toBe(true);
    await expect(put(upload, 1, Buffer.from('x'))).rejects.toMatchObject({ code: 'not-found' });
    await expect(store().uploads.finish(upload)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('keep nothing of a part that breaks, and tell its error', async () => {
    const upload = await begin();
    async function* breaking() {
      yield randomBytes(100_000);
      throw new Error('the sender is gone');
    }
    await expect(store().uploads.putPart(upload, 1, Readable.from(breaking()))).rejects.toThrow(
      'the sender is gone',
    );
    expect(await store().uploads.parts(upload)).toEqual([]);
    await store().uploads.abort(upload.key);
  });

  it('are aborted by their key, and what nobody finished by its age', async () => {
    const [upload, other] = [await begin(), await begin()];
    await put(upload, 1, Buffer.from('x'));
    await store().uploads.abort(upload.key);
    await expect(store().uploads.parts(upload)).rejects.toMatchObject({ code: 'not-found' });
    expect(await store().uploads.abortOld(new Date(Date.now() - 60_000))).toBe(0);
    expect(await store().uploads.parts(other)).toEqual([]);
    expect(await store().uploads.abortOld(new Date(Date.now() + 60_000))).toBe(1);
    await expect(store().uploads.parts(other)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describeWithVersitygw('Uploads straight to a bucket', () => {
  let server: S3Server;
  let store: S3Store;
  beforeAll(async () => {
    server = await startVersitygw(versitygwBinary());
    store = createS3Store({ ...server, publicEndpoint: server.endpoint });
  }, 60_000);
  afterAll(async () => {
    await store.close();
    await server.stop();
  });

  const send = async ({ method, url, headers }: SignedRequest, body: string) =>
    (await fetch(url, { method, headers, body })).status;
  const rules = { bytes: 5, mimeType: 'text/plain', expiresIn: 60 };

  it('are taken as they were signed, and refused when anything differs', async () => {
    const key = freshKey();
    const signed = await store.uploads.sign(key, rules);
    expect(await send(signed, 'longer')).toBe(403);
    expect(await send(signed, 'less')).toBe(403);
    expect(await send({ ...signed, headers: { 'content-type': 'text/html' } }, 'hello')).toBe(403);
    expect(await send({ ...signed, url: signed.url.replace(key, freshKey()) }, 'hello')).toBe(403);
    expect(await store.head(key)).toBeUndefined();
    expect(await send(signed, 'hello')).toBe(200);
    expect(await store.head(key)).toMatchObject({ key, bytes: 5 });
  });

  it('are refused once their time is over', async () => {
    const signed = await store.uploads.sign(freshKey(), { ...rules, expiresIn: 1 });
    const { searchParams } = new URL(signed.url);
    expect(searchParams.get('X-Amz-Expires')).toBe('1');
    await eventually(
      () => send(signed, 'hello'),
      (status) => status === 403,
    );
  });

  it('take parts of their length only', async () => {
    const key = freshKey();
    const upload = { key, upload: await store.uploads.begin(key, rules) };
    const signed = await store.uploads.signPart(upload, { part: 1, ...rules });
    expect(await send(signed, 'longer')).toBe(403);
    expect(await send(signed, 'hello')).toBe(200);
    await store.uploads.finish(upload);
    expect(await store.head(key)).toMatchObject({ key, bytes: 5 });
  });
});

describe('Links of our API to upload by', () => {
  const links = createUploadLinks(() => Buffer.from('a secret'));
  const tokenOf = ({ url }: SignedRequest) => url.slice('/api/v1/objects?upload='.length);
  const rules = { bytes: 5, mimeType: 'text/plain', expiresIn: 60 };

  it('say what may be written', () => {
    const whole = links.open(tokenOf(links.sign('w/acme/u/1', rules)));
    expect(whole).toMatchObject({ key: 'w/acme/u/1', bytes: 5, mimeType: 'text/plain' });
    const part = links.signPart({ key: 'w/acme/f/1', upload: 'u' }, { part: 2, ...rules });
    expect(links.open(tokenOf(part))).toMatchObject({ key: 'w/acme/f/1', upload: 'u', part: 2, bytes: 5 });
  });

  it('open nothing when they are changed, made with another secret, or old', () => {
    const token = tokenOf(links.sign('w/acme/u/1', rules));
    const [body = '', mac = ''] = token.split('.');
    const forged = Buffer.from(Buffer.from(body, 'base64url').toString().replace('acme', 'evil'));
    const old = tokenOf(links.sign('w/acme/u/1', { ...rules, expiresIn: -1 }));
    for (const bad of ['', '.', body, `${forged.toString('base64url')}.${mac}`, `${token}.x`, old])
      expect(links.open(bad)).toBeUndefined();
    expect(createUploadLinks(() => Buffer.from('another')).open(token)).toBeUndefined();
  });
});
