import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defaultPayloadConverter, type Payload, type PayloadCodec } from '@temporalio/common';
import { createFolderStore, deleteRunObjects, type ObjectInfo, type ObjectStore } from '../storage/index.ts';
import { createPayloadCodec, workspaceOfPayload } from './payload-codec.ts';
import { createPayloadKeys } from './payload-keys.ts';

const key = () => randomBytes(32).toString('base64');
const [oldKey, newKey] = [
  { id: 'old', key: key() },
  { id: 'new', key: key() },
];
const contextOf = (workflowId: string) => ({ type: 'workflow' as const, namespace: 'default', workflowId });
const context = contextOf('automation:acme:orders:run-1');
const toPayload = (value: unknown) => defaultPayloadConverter.toPayload(value) as Payload;
const toValue = (payload: Payload | undefined) => defaultPayloadConverter.fromPayload(payload as Payload);
const raw = (payload: Payload) => Buffer.from(payload.data ?? []).toString('latin1');

let folder: string;
let store: ObjectStore;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hiviex-payloads-'));
  store = createFolderStore({ folder, linkBase: '' });
});
afterAll(() => rm(folder, { recursive: true }));

const codecWith = (given: { id: string; key: string }[], largeFrom?: number) =>
  createPayloadCodec({ keys: createPayloadKeys({ given }), store, largeFrom });

describe('a sealed payload', () => {
  const codec = codecWith([oldKey]);

  it.each([
    ['a word', 'hello'],
    ['an object', { order: 17, to: 'ana@example.com' }],
    ['nothing', undefined],
    ['null', null],
    ['what compresses', { text: 'again and again '.repeat(1_000) }],
    ['what does not', { text: randomBytes(5_000).toString('base64') }],
    ['bytes', new Uint8Array([1, 2, 3])],
  ])('opens as what it was: %s', async (_, value) => {
    const [sealed] = await codec.encode([toPayload(value)], context);
    const [opened] = await codec.decode([sealed!], context);
    expect(toValue(opened)).toEqual(value);
  });

  it('tells nothing of its content, and is never the same twice', async () => {
    const payload = toPayload({ to: 'ana@example.com' });
    const [first] = await codec.encode([payload], context);
    const [second] = await codec.encode([payload], context);
    expect(raw(first!)).not.toContain('ana@');
    expect(JSON.stringify(first)).not.toContain('json/plain');
    expect(raw(first!)).not.toBe(raw(second!));
    expect(workspaceOfPayload(first!)).toBe('acme');
  });

  it('is smaller than what it holds where that saves something', async () => {
    const [sealed] = await codec.encode([toPayload('again and again '.repeat(1_000))], context);
    expect(sealed!.data!.length).toBeLessThan(1_000);
  });

  it('does not open when it was changed, or moved to another workspace', async () => {
    const [sealed] = await codec.encode([toPayload('hello')], context);
    const flipped = Buffer.from(sealed!.data!);
    flipped[20]! ^= 1;
    const moved = { ...sealed!.metadata, 'hiviex-workspace': Buffer.from('other') };
    for (const payload of [
      { ...sealed, data: flipped },
      { ...sealed, data: sealed!.data!.subarray(0, 10) },
      { ...sealed, metadata: moved },
    ])
      await expect(codec.decode([payload])).rejects.toMatchObject({ code: 'not-authentic' });
  });

  it('passes plain payloads through, of histories from before', async () => {
    const plain = toPayload({ from: 'before' });
    expect(await codec.decode([plain], context)).toEqual([plain]);
    expect(workspaceOfPayload(plain)).toBeUndefined();
  });
});

describe('keys', () => {
  it('change: the first seals, all open, and one that is gone is named', async () => {
    const [before] = await codecWith([oldKey]).encode([toPayload('then')], context);
    const rotated = codecWith([newKey, oldKey]);
    const [after] = await rotated.encode([toPayload('now')], context);
    expect((await rotated.decode([before!, after!])).map(toValue)).toEqual(['then', 'now']);
    expect(toValue((await codecWith([newKey]).decode([after!]))[0])).toBe('now');
    await expect(codecWith([newKey]).decode([before!])).rejects.toMatchObject({
      code: 'unknown-key',
      message: expect.stringContaining('"old"'),
    });
  });

  it('are made once and kept where they may be, and asked for where not', async () => {
    const made: string[] = [];
    const make = () => createPayloadKeys({ given: [], folder, onMade: (file) => made.push(file) });
    expect(make().current).toEqual(make().current);
    expect(made).toEqual([join(folder, 'payload.key')]);
    expect(() => createPayloadKeys({ given: [] })).toThrow(/HIVIEX_PAYLOAD_KEYS/);
  });
});

describe('a large value', () => {
  let codec: PayloadCodec;
  beforeAll(() => {
    codec = codecWith([oldKey], 10_000);
  });
  const large = { text: randomBytes(20_000).toString('base64') };
  const objectsOf = async (run: string) =>
    readdir(join(folder, 'w/acme/r', run, 'p')).catch(() => [] as string[]);

  it('leaves a short reference in the history, and comes back whole', async () => {
    const [reference] = await codec.encode([toPayload(large)], context);
    expect(JSON.stringify(reference).length).toBeLessThan(1_000);
    expect(workspaceOfPayload(reference!)).toBe('acme');
    expect(toValue((await codec.decode([reference!]))[0])).toEqual(large);
  });

  it('is stored once for its run, however often it is encoded', async () => {
    const own = contextOf('automation:acme:orders:run-2');
    const [first] = await codec.encode([toPayload(large)], own);
    const [second] = await codec.encode([toPayload(large)], own);
    expect(second).toEqual(first);
    expect(await objectsOf('run-2')).toHaveLength(1);
  });

  it('of a gate is under its id, and put again when an old one is needed anew', async () => {
    const gate = contextOf('gate:acme:orders:hook:0123456789abcdef');
    await codec.encode([toPayload(large)], gate);
    const stored = async () => {
      const found: ObjectInfo[] = [];
      for await (const one of store.list('w/acme/x/gate~orders~hook~0123456789abcdef/p/')) found.push(one);
      return found;
    };
    const [first] = await stored();
    const old = new Date(Date.now() - 2 * 3_600_000);
    await utimes(join(folder, first!.key), old, old);
    await codec.encode([toPayload(large)], gate);
    const [again, ...others] = await stored();
    expect(others).toEqual([]);
    expect(again!.putAt).toBeGreaterThan(old.getTime());
  });

  it('is sealed where it is stored', async () => {
    await codec.encode(
      [toPayload({ ...large, to: 'ana@example.com' })],
      contextOf('automation:acme:o:run-3'),
    );
    for await (const { key: name } of store.list('w/acme/r/run-3/')) {
      const bytes = (await (await store.get(name)).toArray())
        .map((chunk) => chunk.toString('latin1'))
        .join('');
      expect(bytes).not.toContain('ana@');
      expect(bytes.length).toBeGreaterThan(10_000);
    }
  });

  it('goes with its run', async () => {
    const [reference] = await codec.encode([toPayload(large)], contextOf('automation:acme:o:run-4'));
    await deleteRunObjects(store, { workspace: 'acme', run: 'run-4' });
    await expect(codec.decode([reference!])).rejects.toMatchObject({ code: 'not-found' });
  });

  it('of another workspace does not open by a reference that names it', async () => {
    const [mine] = await codec.encode([toPayload(large)], context);
    const stolen = { ...mine!.metadata, 'hiviex-workspace': Buffer.from('other') };
    await expect(codec.decode([{ ...mine, metadata: stolen }])).rejects.toMatchObject({
      code: 'not-authentic',
    });
  });

  it('of no workflow stays in the history', async () => {
    const [sealed] = await codec.encode([toPayload(large)]);
    expect(sealed!.data!.length).toBeGreaterThan(10_000);
    expect(toValue((await codec.decode([sealed!]))[0])).toEqual(large);
  });
});
