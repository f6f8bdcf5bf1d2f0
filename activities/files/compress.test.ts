/** Compress: through the activity and a real store, with archives of other programs and ones made to do harm. */
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compress } from '../../contracts/catalogue/compress.ts';
import type { BinaryReference, Item } from '../../contracts/item.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { failureOf } from '../testing.ts';
import { createTestWorkspace, type TestWorkspace } from '../testing-workspace.ts';

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await createTestWorkspace();
}, 60_000);
afterAll(() => workspace.close());

const file = (body: string | Uint8Array, fileName: string, mimeType = 'application/octet-stream') =>
  workspace.file(body, { fileName, mimeType });
const carrying = (binary: Record<string, BinaryReference>): Item => ({ json: {}, binary });

async function call(parameters: JsonObject, ...items: Item[]): Promise<Item[]> {
  const whole = compress.parameters.parse(parameters) as JsonObject;
  return (await workspace.call('compress', whole, { items })).items;
}
const extract = async (body: Uint8Array, fileName = 'a.zip') =>
  call({ operation: 'extract' }, carrying({ data: await file(body, fileName) }));

async function texts(items: readonly Item[]): Promise<string[]> {
  return Promise.all(items.map(async ({ binary }) => (await workspace.read(binary!.data!)).toString()));
}
const failure = async (work: Promise<unknown>) => (await failureOf(work)).failure;

async function archiveOf(...items: Item[]): Promise<Buffer> {
  const [made] = await call({}, ...items);
  return workspace.read(made!.binary!.data!);
}

/** Made by Info-ZIP: a folder, an entry as it is, and one deflated. */
const byInfoZip = Buffer.from(
  'UEsDBAoAAAAAAGczfF0AAAAAAAAAAAAAAAAEAAAAZGlyL1BLAwQKAAAAAABnM3xdhqYQNgUAAAAFAAAABQAAAGEudHh0aGVsbG9QSwMEFAAAAAgAfTN8XWAMAVAHAAAAUAAAAAUAAABiLnR4dEtMSqQqBABQSwECHgMKAAAAAABnM3xdAAAAAAAAAAAAAAAABAAAAAAAAAAAABAA7UEAAAAAZGlyL1BLAQIeAwoAAAAAAGczfF2GphA2BQAAAAUAAAAFAAAAAAAAAAEAAACkgSIAAABhLnR4dFBLAQIeAxQAAAAIAH0zfF1gDAFQBwAAAFAAAAAFAAAAAAAAAAEAAACkgUoAAABiLnR4dFBLBQYAAAAAAwADAJgAAAB0AAAAAAA=',
  'base64',
);

describe('ZIP', () => {
  it('packs the files of all items, and gives them back as they were', async () => {
    const large = 'olá '.repeat(100_000);
    const items = [
      carrying({ data: await file('one', 'a.txt'), photo: await file(new Uint8Array([0, 255]), 'p.png') }),
      carrying({ data: await file(large, 'a.txt'), none: await file('', 'ção.csv') }),
    ];
    const [made] = await call({ fileName: 'all.zip', output: 'zip' }, ...items);
    expect(made?.json).toMatchObject({ fileName: 'all.zip', files: 4 });
    const packed = made!.binary!.zip!;
    expect(packed).toMatchObject({ mimeType: 'application/zip' });
    expect(packed.bytes).toBeLessThan(3_000);
    const back = await call({ operation: 'extract', file: 'zip' }, carrying({ zip: packed }));
    expect(back.map(({ json }) => json)).toEqual([
      { fileName: 'a.txt', path: 'a.txt', bytes: 3 },
      { fileName: 'p.png', path: 'p.png', bytes: 2 },
      { fileName: 'a (2).txt', path: 'a (2).txt', bytes: Buffer.byteLength(large) },
      { fileName: 'ção.csv', path: 'ção.csv', bytes: 0 },
    ]);
    expect(back.map(({ binary }) => binary!.data!.mimeType)).toEqual([
      ...['text/plain', 'image/png', 'text/plain', 'text/csv'],
    ]);
    expect((await texts(back))[2]).toBe(large);
  });

  it('packs only what is named', async () => {
    const item = carrying({ a: await file('1', 'a.txt'), b: await file('2', 'b.txt') });
    expect(await texts(await extract(await archiveOf(item)))).toEqual(['1', '2']);
    const [made] = await call({ files: ' b ' }, item);
    expect(made?.json.files).toBe(1);
    expect((await failure(call({ files: 'c' }, item))).hint).toContain('a, b');
    expect((await failure(call({}, { json: {} }))).code).toBe('no-file');
  });

  it('is read as another program made it', async () => {
    const items = await extract(byInfoZip);
    expect(items.map(({ json }) => json)).toEqual([
      { fileName: 'a.txt', path: 'a.txt', bytes: 5 },
      { fileName: 'b.txt', path: 'b.txt', bytes: 80 },
    ]);
    expect(await texts(items)).toEqual(['hello', 'ab'.repeat(40)]);
  });

  it('leads nowhere by its names', async () => {
    const archive = await archiveOf(carrying({ data: await file('x', '..-..-etc-passwd') }));
    const evil = Buffer.from(archive.toString('latin1').replaceAll('..-..-etc-', '../../etc/'), 'latin1');
    expect((await extract(evil))[0]?.json).toMatchObject({ path: 'etc/passwd', fileName: 'passwd' });
  });

  it('unpacks nothing of what claims to hold more than may be', async () => {
    const archive = await archiveOf(carrying({ data: await file('x'.repeat(1_000), 'a.txt') }));
    archive.writeUInt32LE(20_000_001, archive.lastIndexOf('PK\u0001\u0002') + 24);
    expect(await failure(extract(archive))).toMatchObject({ code: 'archive-too-large' });
    const many = Buffer.from(archive);
    many.writeUInt16LE(1_001, many.length - 12);
    expect((await failure(extract(many))).message).toContain('1001 files');
  });

  it('breaks off where more comes out than was claimed', async () => {
    const archive = await archiveOf(carrying({ data: await file(new Uint8Array(10_000_000), 'bomb') }));
    archive.writeUInt32LE(10, archive.lastIndexOf('PK\u0001\u0002') + 24);
    expect(await failure(extract(archive))).toMatchObject({ code: 'bad-archive' });
  });

  it.each<[string, (archive: Buffer) => Buffer]>([
    ['is none', () => Buffer.from('not an archive at all')],
    ['is empty', () => Buffer.alloc(0)],
    ['is cut off', (archive) => archive.subarray(0, archive.length - 30)],
    [
      'has other content than it says',
      (archive) => changed(archive, archive.lastIndexOf('PK\u0001\u0002') + 16, 1),
    ],
    ['has a broken stream', (archive) => changed(archive, 36, 0xff)],
    ['has a password', (archive) => changed(archive, archive.lastIndexOf('PK\u0001\u0002') + 8, 0x09)],
    [
      'is packed in another way',
      (archive) => changed(archive, archive.lastIndexOf('PK\u0001\u0002') + 10, 14),
    ],
  ])('is refused when it %s', async (_, change) => {
    const archive = await archiveOf(carrying({ data: await file('hello hello hello', 'a.txt') }));
    expect(await failure(extract(change(archive)))).toMatchObject({ code: 'bad-archive' });
  });
});

describe('GZIP', () => {
  it('packs each file on its own, and is known by its content', async () => {
    const made = await call({ format: 'gzip' }, carrying({ data: await file('hello', 'a.csv') }));
    expect(made[0]?.json).toMatchObject({ fileName: 'a.csv.gz' });
    const back = await call({ operation: 'extract' }, made[0]!);
    expect(back[0]?.json).toEqual({ fileName: 'a.csv', bytes: 5 });
    expect(await texts(await extract(gzipSync('x'), 'wrong-name.zip'))).toEqual(['x']);
  });

  it('ends at the size that a file may have', async () => {
    expect((await failure(extract(gzipSync(new Uint8Array(20_000_001)), 'bomb.gz'))).code).toBe(
      'file-too-large',
    );
    expect((await failure(extract(gzipSync('hello').subarray(0, 12), 'a.gz'))).code).toBe('bad-archive');
  });
});

function changed(archive: Buffer, at: number, to: number): Buffer {
  const other = Buffer.from(archive);
  other[at] = other[at] === to ? to + 1 : to;
  return other;
}
