import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deleteRunObjects, deleteWorkspaceObjects } from './delete-objects.ts';
import { fileOfObject, filesPrefix } from './file-keys.ts';
import { createFiles, stepFileIds } from './files.ts';
import { createFolderStore, type FolderStore } from './folder/folder-store.ts';

let folder: string;
let store: FolderStore;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hiviex-files-'));
  store = createFolderStore({ folder, linkBase: 'https://hiviex.example/api/v1/objects?link=' });
});
afterAll(() => rm(folder, { recursive: true }));

const filesOf = (workspace: string, run: string, step = 'n1:0') =>
  createFiles({ store, workspace, run, maxBytes: 1_000, idOf: stepFileIds(`${run}:${step}`) });

describe('files of a run', () => {
  it('are saved and opened, and their keys tell what they are', async () => {
    const files = filesOf('acme', 'run-1');
    const saved = await files.save(Readable.from([Buffer.from('a,b\n'), Buffer.from('1,2\n')]), {
      fileName: 'Março & April (1).csv',
      mimeType: 'text/csv; charset=utf-8',
    });
    expect(saved).toMatchObject({
      fileName: 'Março & April (1).csv',
      mimeType: 'text/csv; charset=utf-8',
      bytes: 8,
    });
    expect(await text(await files.open(saved))).toBe('a,b\n1,2\n');
    const listed = [];
    for await (const object of store.list(filesPrefix({ workspace: 'acme', run: 'run-1' })))
      listed.push(fileOfObject(object));
    expect(listed).toEqual([{ ...saved, id: expect.any(String) }]);
  });

  it('are replaced by a step that is tried again, and kept apart within one attempt', async () => {
    const attempt = async () => {
      const files = filesOf('acme', 'run-2');
      const file = { fileName: 'same.txt', mimeType: 'text/plain' };
      return [await files.save(Buffer.from('1'), file), await files.save(Buffer.from('2'), file)];
    };
    const [first, second] = [await attempt(), await attempt()];
    expect(second).toEqual(first);
    expect(first[0]!.key).not.toBe(first[1]!.key);
  });

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\temp\\report.pdf', 'report.pdf'],
    ['..', '..'],
    ['', 'file'],
    ['a\u0000\nb.txt', 'ab.txt'],
    ['名'.repeat(300), '名'.repeat(255)],
  ])('have a name without folders and control characters: %j', async (fileName, expected) => {
    const files = filesOf('acme', 'run-3');
    const saved = await files.save(Buffer.from('x'), { fileName, mimeType: 'nonsense\r\nx: y' });
    expect(saved).toMatchObject({ fileName: expected, mimeType: 'application/octet-stream' });
    expect(await text(await files.open(saved))).toBe('x');
  });

  it('may not be larger than the limit, and nothing is kept of one that is', async () => {
    const files = filesOf('acme', 'run-4');
    const body = () => Readable.from([Buffer.alloc(900), Buffer.alloc(101)]);
    const file = { fileName: 'large.bin', mimeType: 'application/octet-stream' };
    await expect(files.save(body(), file)).rejects.toMatchObject({ code: 'too-large' });
    await expect(files.save(body(), { ...file, maxBytes: 10_000 })).rejects.toMatchObject({
      code: 'too-large',
    });
    await expect(files.save(Buffer.alloc(11), { ...file, maxBytes: 10 })).rejects.toMatchObject({
      code: 'too-large',
    });
    for await (const object of store.list('w/acme/r/run-4/')) expect(object).toBeUndefined();
    expect(await readdir(join(folder, '.part'))).toEqual([]);
  });

  it('open in their own workspace only, whatever a reference says', async () => {
    const mine = await filesOf('acme', 'run-5').save(Buffer.from('x'), { fileName: 'x', mimeType: 'a/b' });
    await store.put('w/acme/r/run-5/p/hash', Buffer.from('a value'));
    const files = filesOf('other', 'run-5');
    for (const key of [mine.key, 'w/acme/r/run-5/p/hash', '../secret', ''])
      await expect(files.open({ key })).rejects.toMatchObject({ code: 'bad-key' });
    await expect(filesOf('acme', 'x').open({ key: 'w/acme/r/run-5/p/hash' })).rejects.toMatchObject({
      code: 'bad-key',
    });
  });

  it('go with their run, or their workspace, and leave no empty folders', async () => {
    const save = (workspace: string, run: string) =>
      filesOf(workspace, run).save(Buffer.from('four'), { fileName: 'x', mimeType: 'a/b' });
    const kept = await save('ends', 'run-7');
    await save('ends', 'run-6');
    expect(await deleteRunObjects(store, { workspace: 'ends', run: 'run-6' })).toEqual({
      objects: 1,
      bytes: 4,
    });
    expect(await readdir(join(folder, 'w/ends/r'))).toEqual(['run-7']);
    expect(await store.head(kept.key)).toMatchObject({ bytes: 4 });
    await deleteWorkspaceObjects(store, 'ends');
    expect(await readdir(join(folder, 'w'))).not.toContain('ends');
  });
});

describe('links to objects of a folder', () => {
  const options = { expiresIn: 60, fileName: 'x.txt', mimeType: 'text/plain' };
  const tokenOf = (url: string) => url.slice('https://hiviex.example/api/v1/objects?link='.length);

  it('open what they were made for', async () => {
    const token = tokenOf(await store.signedUrl('w/acme/x', options));
    expect(store.openLink(token)).toMatchObject({
      key: 'w/acme/x',
      fileName: 'x.txt',
      mimeType: 'text/plain',
    });
  });

  it('open nothing when they are changed, made by another store, or old', async () => {
    const token = tokenOf(await store.signedUrl('w/acme/x', options));
    const [body = '', mac = ''] = token.split('.');
    const forged = Buffer.from(Buffer.from(body, 'base64url').toString().replace('acme', 'evil'));
    const old = tokenOf(await store.signedUrl('w/acme/x', { ...options, expiresIn: -1 }));
    for (const bad of ['', '.', body, `${forged.toString('base64url')}.${mac}`, `${token}.x`, old])
      expect(store.openLink(bad)).toBeUndefined();
    const elsewhere = await mkdtemp(join(tmpdir(), 'hiviex-files-'));
    const other = createFolderStore({ folder: elsewhere, linkBase: '' });
    expect(other.openLink(token)).toBeUndefined();
    await rm(elsewhere, { recursive: true });
  });
});
