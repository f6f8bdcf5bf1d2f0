import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect, it } from '@jest/globals';
import { describeStores } from '../tests/support/describe-stores.ts';
import type { ObjectStore } from './object-store.ts';
import { StorageError } from './storage-error.ts';

let count = 0;
const freshKey = () => `w/acme/r/run-${++count}/p/value`;
const keysOf = async (store: ObjectStore, prefix: string) => {
  const keys: string[] = [];
  for await (const { key } of store.list(prefix)) keys.push(key);
  return keys.sort();
};
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing failed',
    (error: unknown) => (error instanceof StorageError ? error.code : String(error)),
  );

describeStores('ObjectStore', (store) => {
  it('gives back what was put, and how much it is', async () => {
    const key = freshKey();
    expect(await store().put(key, Buffer.from('hello'))).toEqual({ bytes: 5 });
    expect((await buffer(await store().get(key))).toString()).toBe('hello');
    expect(await store().head(key)).toEqual({ key, bytes: 5, putAt: expect.any(Number) });
  });

  it('takes streams of any length, the empty one too', async () => {
    const large = randomBytes(20 * 1024 * 1024 + 1);
    const chunks = Array.from({ length: 321 }, (_, n) => large.subarray(n * 65_536, (n + 1) * 65_536));
    for (const [body, bytes] of [
      [chunks, large],
      [[], Buffer.alloc(0)],
    ] as const) {
      const key = freshKey();
      expect(await store().put(key, Readable.from(body))).toEqual({ bytes: bytes.length });
      expect((await buffer(await store().get(key))).equals(bytes)).toBe(true);
    }
  });

  it('gives a range, and what is left from a place on', async () => {
    const key = freshKey();
    await store().put(key, Buffer.from('0123456789'));
    const part = async (range: { start: number; end?: number }) =>
      (await buffer(await store().get(key, { range }))).toString();
    expect(await part({ start: 2, end: 4 })).toBe('234');
    expect(await part({ start: 7 })).toBe('789');
  });

  it('replaces what was there, whole', async () => {
    const key = freshKey();
    await store().put(key, Buffer.from('a longer one'));
    await store().put(key, Buffer.from('short'));
    expect((await buffer(await store().get(key))).toString()).toBe('short');
  });

  it('keeps nothing of a stream that breaks, and tells its error', async () => {
    const key = freshKey();
    async function* breaking() {
      yield randomBytes(9 * 1024 * 1024);
      throw new Error('the sender is gone');
    }
    await expect(store().put(key, Readable.from(breaking()))).rejects.toThrow('the sender is gone');
    expect(await store().head(key)).toBeUndefined();
  });

  it('stops when it is told to, and keeps nothing', async () => {
    const key = freshKey();
    const stop = new AbortController();
    async function* slow() {
      yield randomBytes(1_000);
      stop.abort(new Error('cancelled'));
      yield randomBytes(1_000);
    }
    await expect(store().put(key, Readable.from(slow()), { signal: stop.signal })).rejects.toThrow();
    expect(await store().head(key)).toBeUndefined();
  });

  it('says that there is none', async () => {
    expect(await store().head(freshKey())).toBeUndefined();
    expect(await codeOf(store().get(freshKey()))).toBe('not-found');
    expect(await codeOf(store().copy(freshKey(), freshKey()))).toBe('not-found');
    await store().delete(freshKey());
  });

  it('deletes, and can write there again', async () => {
    const key = freshKey();
    await store().put(key, Buffer.from('x'));
    await store().delete(key);
    expect(await store().head(key)).toBeUndefined();
    await store().put(key, Buffer.from('y'));
    expect(await store().head(key)).toMatchObject({ key, bytes: 1 });
  });

  it('copies', async () => {
    const [from, to] = [freshKey(), freshKey()];
    await store().put(from, Buffer.from('twice'));
    await store().copy(from, to);
    expect((await buffer(await store().get(to))).toString()).toBe('twice');
    expect((await buffer(await store().get(from))).toString()).toBe('twice');
  });

  it('lists what is under a prefix, at any depth, and nothing beside it', async () => {
    const [inside, deeper, beside] = ['w/lists/r/1/a', 'w/lists/r/1/b/c/d', 'w/lists/r/10/a'];
    for (const key of [inside, deeper, beside]) await store().put(key, Buffer.from('x'));
    expect(await keysOf(store(), 'w/lists/r/1/')).toEqual([inside, deeper]);
    expect(await keysOf(store(), 'w/lists/')).toEqual([inside, deeper, beside]);
    expect(await keysOf(store(), 'w/nobody/')).toEqual([]);
  });

  it('holds names with spaces and signs, as keys write them', async () => {
    const key = "w/acme/r/1/f/id/text%2Fplain/It's%20(a)%20%C3%A7~!*.txt";
    await store().put(key, Buffer.from('x'));
    expect(await keysOf(store(), 'w/acme/r/1/f/')).toEqual([key]);
    await store().copy(key, 'w/acme/r/1/f/copy');
    expect((await buffer(await store().get('w/acme/r/1/f/copy'))).toString()).toBe('x');
  });

  it.each(['../out', 'w/../../etc/passwd', '/etc/passwd', 'w//x', 'w/./x', 'w/a b', 'w/x\\y', '', 'w/\0'])(
    'refuses the key %j',
    async (key) => {
      const attempts: (() => Promise<unknown>)[] = [
        () => store().put(key, Buffer.from('x')),
        () => store().get(key),
        () => store().head(key),
        () => store().delete(key),
        () => store().copy(key, 'w/x'),
        () => store().copy('w/x', key),
        async () => store().signedUrl(key, { expiresIn: 60, fileName: 'x', mimeType: 'text/plain' }),
      ];
      for (const attempt of attempts) expect(await codeOf(Promise.resolve().then(attempt))).toBe('bad-key');
    },
  );
});
