import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readConfig } from '../../contracts/config.ts';
import type { BinaryReference } from '../../contracts/item.ts';
import { createFiles, type ObjectStore, openObjectStore } from '../../storage/index.ts';
import { filesOfResult } from './files-of-result.ts';

const run = { workspace: '01W', run: 'r1' };
let folder: string;
let store: ObjectStore;
let text: BinaryReference;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hiviex-mcp-files-'));
  ({ store } = openObjectStore(readConfig({ HIVIEX_DATA_DIR: folder })));
  const files = createFiles({ ...run, store, maxBytes: 100, idOf: String });
  text = await files.save(Buffer.from('Olá'), { fileName: 'a b.txt', mimeType: 'text/plain' });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const given = (...files: BinaryReference[]) =>
  filesOfResult(
    files.map((data) => ({ json: {}, binary: { data } })),
    run,
    store,
  );

it('gives a text as a resource', async () => {
  const uri = 'hiviex://runs/r1/files/a%20b.txt';
  expect(await given(text)).toEqual([
    { type: 'resource', resource: { uri, mimeType: 'text/plain', text: 'Olá' } },
  ]);
});

it.each([
  ['is too large', () => ({ ...text, bytes: 5_000_001 })],
  ['is gone', () => ({ ...text, key: text.key.replace('/f/0/', '/f/9/') })],
  ['is of another workspace', () => ({ ...text, key: text.key.replace('01W', '01X') })],
  ['is no file at all', () => ({ ...text, key: '../../etc/passwd' })],
])('tells a file by its name that %s', async (_, made) => {
  const [content] = await given(made());
  expect(content).toEqual({ type: 'text', text: expect.stringContaining('[File: a b.txt') });
});

it('gives twenty at most, and no more bytes than an item says', async () => {
  const content = await given(...Array.from({ length: 21 }, () => ({ ...text, bytes: 2 })));
  expect(content[0]).toMatchObject({ resource: { text: 'Ol' } });
  expect(content.map(({ type }) => type)).toEqual([...Array(20).fill('resource'), 'text']);
});
