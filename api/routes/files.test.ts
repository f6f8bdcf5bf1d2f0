import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { filePathOf } from '../../contracts/api/files.ts';
import type { BinaryReference } from '../../contracts/item.ts';
import { createFiles } from '../../storage/index.ts';
import { recordRun } from '../../tests/access/makers.ts';
import { createTenant, type Tenant } from '../../tests/access/tenants.ts';
import { rangeOf } from '../files/file-reply.ts';
import { manual } from '../testing/graphs.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;
let tenant: Tenant;
let run: string;
let saved: Record<string, BinaryReference>;

beforeAll(async () => {
  api = await startTestApi({ env: {} });
  tenant = await createTenant(api, 'Files');
  const { body } = await api.call('POST', '/api/v1/automations', { name: 'x', draft: manual() }, owner());
  run = await recordRun(api, tenant, body.id);
  const { store } = api.objects;
  let count = 0;
  const idOf = () => `file-${++count}`;
  const files = createFiles({ store, workspace: tenant.id, run, maxBytes: 1_000, idOf });
  saved = {
    text: await files.save(Buffer.from('0123456789'), { fileName: 'märz "24".txt', mimeType: 'text/plain' }),
    page: await files.save(Buffer.from('<script>'), { fileName: 'page.html', mimeType: 'text/html' }),
  };
});
afterAll(() => api.close());

const owner = () => ({ cookie: tenant.owner.cookie });
const read = (path: string, headers: Record<string, string> = {}) =>
  fetch(api.url + path, { headers: { ...owner(), ...headers } });
const pathOf = (file: BinaryReference | undefined) => filePathOf(file?.key ?? '') ?? '';

describe('files of a run', () => {
  it('are listed as the items name them', async () => {
    const { status, body } = await api.call('GET', `/api/v1/runs/${run}/files`, undefined, owner());
    expect(status).toBe(200);
    expect(body.items).toEqual(
      expect.arrayContaining([
        { id: 'file-1', ...saved.text },
        { id: 'file-2', ...saved.page },
      ]),
    );
  });

  it('are downloaded, by a name that no header breaks, and kept by nobody on the way', async () => {
    const response = await read(pathOf(saved.text));
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('0123456789');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'content-length': '10',
      'content-disposition':
        'attachment; filename="m_rz _24_.txt"; filename*=UTF-8\'\'m%C3%A4rz%20%2224%22.txt',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=300',
      'content-security-policy': "default-src 'none'; sandbox",
    });
  });

  it('are shown only where that is harmless', async () => {
    const text = await read(`${pathOf(saved.text)}?inline=true`);
    expect(text.headers.get('content-disposition')).toMatch(/^inline/);
    const page = await read(`${pathOf(saved.page)}?inline=true`);
    expect(page.headers.get('content-disposition')).toMatch(/^attachment/);
    await page.body?.cancel();
  });

  it('come in ranges', async () => {
    const part = await read(pathOf(saved.text), { range: 'bytes=2-4' });
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
      206,
      'bytes 2-4/10',
      '234',
    ]);
    const beyond = await read(pathOf(saved.text), { range: 'bytes=10-' });
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, 'bytes */10']);
  });

  it.each([
    [undefined, undefined],
    ['bytes=0-', { start: 0, end: 9 }],
    ['bytes=-3', { start: 7, end: 9 }],
    ['bytes=-30', { start: 0, end: 9 }],
    ['bytes=5-100', { start: 5, end: 9 }],
    ['bytes=5-2', undefined],
    ['bytes=0-1,4-5', undefined],
    ['lines=0-1', undefined],
    ['bytes=-0', 'none'],
  ])('understand %s', (header, range) => {
    expect(rangeOf(header, 10)).toEqual(range);
  });

  it('are not there for others, nor when they are gone', async () => {
    const other = await createTenant(api, 'Others');
    const theirs = await fetch(api.url + pathOf(saved.text), { headers: { cookie: other.owner.cookie } });
    expect(theirs.status).toBe(404);
    expect((await read(`/api/v1/runs/${run}/files/file-9`)).status).toBe(404);
    expect((await read('/api/v1/runs/nope/files/file-1')).status).toBe(404);
  });

  it('are given to whoever has a signed link, while it lasts', async () => {
    const link = (expiresIn: number) =>
      api.objects.store.signedUrl(saved.text!.key, { expiresIn, fileName: 'a.txt', mimeType: 'text/plain' });
    const open = async (url: string) => fetch(api.url + url.slice(new URL(url).origin.length));
    const good = await open(await link(60));
    expect([good.status, await good.text()]).toEqual([200, '0123456789']);
    const old = await open(await link(-1));
    expect([old.status, (await old.json()) as object]).toMatchObject([410, { code: 'file-link-over' }]);
    expect((await open(`${await link(60)}x`)).status).toBe(410);
  });
});
