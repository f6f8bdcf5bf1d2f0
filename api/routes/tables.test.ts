import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { auditOf, ownWorkspace, signedIn } from '../testing/signed-in.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const columns = [
  { name: 'mail', type: 'text' },
  { name: 'score', type: 'number' },
];

describe('Data tables', () => {
  it('are made, filled, read by page and as CSV, and deleted', async () => {
    const { workspace, owner } = await ownWorkspace(api);
    const made = await owner.call('POST', '/tables', { name: 'Leads', columns });
    expect(made).toMatchObject({ status: 201, body: { name: 'Leads', columns, rows: 0 } });
    const at = `/tables/${made.body.id}`;
    const rows = [{ mail: 'a@x', score: 2 }, { mail: '=cmd', score: '1' }, { mail: 'b@x' }];
    expect(await owner.call('POST', `${at}/rows`, { rows })).toMatchObject({
      status: 201,
      body: { items: [{ id: 1 }, { id: 2, score: 1 }, { id: 3, mail: 'b@x' }] },
    });
    const first = await owner.call('GET', `${at}/rows?limit=2&sort=-score`);
    expect(first.body).toMatchObject({ items: [{ id: 1 }, { id: 2 }], nextCursor: '2' });
    const second = await owner.call('GET', `${at}/rows?limit=2&sort=-score&cursor=2`);
    expect(second.body).toEqual({ items: [expect.objectContaining({ id: 3 })] });
    expect((await owner.call('GET', `${at}/rows?search=B%40x`)).body.items).toMatchObject([{ id: 3 }]);
    expect(await owner.call('PATCH', `${at}/rows/3`, { cells: { score: 9 } })).toMatchObject({
      status: 200,
      body: { id: 3, mail: 'b@x', score: 9 },
    });
    expect((await owner.call('DELETE', `${at}/rows/1`)).status).toBe(204);
    expect((await owner.call('DELETE', `${at}/rows/1`)).status).toBe(404);
    expect((await owner.call('GET', at)).body).toMatchObject({ rows: 2 });
    expect((await owner.call('DELETE', at)).status).toBe(204);
    expect((await owner.call('GET', at)).status).toBe(404);
    const log = await auditOf(api, workspace);
    expect(log.filter(({ outcome }) => outcome === 'done').map(({ action }) => action)).toEqual(
      expect.arrayContaining(['table.create', 'table.insert-rows', 'table.update-row', 'table.delete']),
    );
  });

  it('have their names and columns changed', async () => {
    const { owner } = await ownWorkspace(api);
    const { id } = (await owner.call('POST', '/tables', { name: 'A', columns })).body;
    await owner.call('POST', '/tables', { name: 'B' });
    expect(await owner.call('PATCH', `/tables/${id}`, { name: 'B' })).toMatchObject({
      status: 409,
      body: { code: 'name-taken' },
    });
    expect((await owner.call('PATCH', `/tables/${id}`, { name: 'C' })).body).toMatchObject({ name: 'C' });
    const added = await owner.call('POST', `/tables/${id}/columns`, { name: 'due', type: 'date' });
    expect(added.body.columns).toHaveLength(3);
    expect((await owner.call('PATCH', `/tables/${id}/columns/due`, { name: 'mail' })).body).toMatchObject({
      code: 'column-taken',
    });
    expect((await owner.call('PATCH', `/tables/${id}/columns/due`, { name: 'on' })).body.columns[2]).toEqual({
      name: 'on',
      type: 'date',
    });
    expect((await owner.call('DELETE', `/tables/${id}/columns/due`)).status).toBe(404);
    expect((await owner.call('DELETE', `/tables/${id}/columns/on`)).body.columns).toHaveLength(2);
    expect((await owner.call('POST', '/tables', { name: 'D', columns: [{ name: 'id' }] })).status).toBe(400);
  });

  it('say what does not fit, and keep nothing of it', async () => {
    const { owner } = await ownWorkspace(api);
    const { id } = (await owner.call('POST', '/tables', { name: 'A', columns })).body;
    const refused = await owner.call('POST', `/tables/${id}/rows`, {
      rows: [{ score: 1 }, { score: 'many' }],
    });
    expect(refused).toMatchObject({
      status: 400,
      body: { code: 'bad-cell', title: '"many" is no number, as the column "score" wants.' },
    });
    expect((await owner.call('GET', `/tables/${id}/rows`)).body.items).toEqual([]);
    expect((await owner.call('GET', `/tables/${id}/rows?sort=none`)).body).toMatchObject({
      code: 'column-missing',
    });
  });

  it('are seen by viewers and changed by operators', async () => {
    const { workspace, owner } = await ownWorkspace(api);
    const { id } = (await owner.call('POST', '/tables', { name: 'A', columns })).body;
    const viewer = await signedIn(api, { workspace, role: 'viewer' });
    const operator = await signedIn(api, { workspace, role: 'operator' });
    expect((await viewer.call('GET', `/tables/${id}`)).status).toBe(200);
    expect((await viewer.call('POST', `/tables/${id}/rows`, { rows: [{}] })).status).toBe(403);
    expect((await operator.call('POST', `/tables/${id}/rows`, { rows: [{}] })).status).toBe(201);
  });
});

describe('Stored keys', () => {
  it('are set, listed by page and deleted', async () => {
    const { owner } = await ownWorkspace(api);
    for (const key of ['b/1', 'b/2', 'a'])
      expect(
        (await owner.call('PUT', `/stored-keys/${encodeURIComponent(key)}`, { value: { of: key } })).body,
      ).toMatchObject({ key, value: { of: key } });
    const first = (await owner.call('GET', '/stored-keys?limit=2')).body;
    expect(first.items.map(({ key }: { key: string }) => key)).toEqual(['a', 'b/1']);
    const rest = (await owner.call('GET', `/stored-keys?limit=2&cursor=${first.nextCursor}`)).body;
    expect(rest).toEqual({ items: [expect.objectContaining({ key: 'b/2' })] });
    expect((await owner.call('GET', '/stored-keys?prefix=a')).body.items).toHaveLength(1);
    expect((await owner.call('DELETE', '/stored-keys/a')).status).toBe(204);
    expect((await owner.call('DELETE', '/stored-keys/a')).status).toBe(404);
  });
});

describe('What nodes have seen', () => {
  it('is forgotten by node and by key', async () => {
    const { workspace, owner } = await ownWorkspace(api);
    const { id } = (await owner.call('POST', '/automations', { name: 'A' })).body;
    const remember = (scope: string) =>
      api.db.inWorkspace(workspace, ({ seenValues }) =>
        seenValues.remember({ scope, values: ['x', 'y'], most: 10, step: scope }),
      );
    await remember(`node:${id}:n1`);
    await remember('key:orders');
    expect((await owner.call('DELETE', `/automations/${id}/seen-values?node=n1`)).body).toEqual({
      forgotten: 2,
    });
    expect((await owner.call('DELETE', '/seen-values?key=orders')).body).toEqual({ forgotten: 2 });
    expect((await owner.call('DELETE', '/seen-values?key=orders')).body).toEqual({ forgotten: 0 });
  });
});
