import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AuditEvent } from '../../contracts/api/audit.ts';
import { addPerson, addWorkspace, firstWorkspace } from '../testing/people.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;
let builder: Awaited<ReturnType<typeof addPerson>>;
let viewer: Awaited<ReturnType<typeof addPerson>>;
beforeAll(async () => {
  api = await startTestApi();
  builder = await addPerson(api, 'builder');
  viewer = await addPerson(api, 'viewer');
});
afterAll(() => api.close());

const automations = '/api/v1/automations';
const userAgent = 'test/1.0';
const ask = (method: string, path: string, body: unknown, headers: Record<string, string>) =>
  api.call(method, path, body, { 'user-agent': userAgent, ...headers });
const rowsOf = async (filter: Record<string, string>): Promise<AuditEvent[]> =>
  (await api.call('GET', `/api/v1/audit?${new URLSearchParams(filter)}`)).body.items;

describe('A write', () => {
  it('leaves who, what, which, when and from where, without a word of its handler', async () => {
    const { body } = await ask('POST', automations, { name: 'Orders' }, builder.headers);
    const [row, ...rest] = await rowsOf({ actor: builder.id, action: 'automation.create' });
    expect(rest).toEqual([]);
    expect(row).toEqual({
      id: expect.any(String),
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      actor: { type: 'user', id: builder.id, name: 'A builder' },
      action: 'automation.create',
      outcome: 'done',
      resource: { type: 'automation', id: body.id, name: 'Orders' },
      ip: '127.0.0.1',
      userAgent,
    });
  });

  it('says what changed, and what is gone', async () => {
    const { body } = await ask('POST', automations, { name: 'Old' }, builder.headers);
    const at = `${automations}/${body.id}`;
    await ask('PATCH', at, { name: 'New' }, builder.headers);
    expect((await ask('DELETE', at, undefined, builder.headers)).status).toBe(204);
    const [removed, edited, created] = await rowsOf({ resource: body.id });
    expect(created).toMatchObject({ action: 'automation.create' });
    expect(edited).toMatchObject({ action: 'automation.edit', after: { name: 'New', revision: 2 } });
    expect(removed).toMatchObject({ action: 'automation.delete', resource: { name: 'New' } });
  });

  it('is written down once, also when it is repeated with its Idempotency-Key', async () => {
    const headers = { ...builder.headers, 'idempotency-key': 'once' };
    const [first, second] = [
      await ask('POST', automations, { name: 'Once' }, headers),
      await ask('POST', automations, { name: 'Once' }, headers),
    ];
    expect(second.body.id).toBe(first.body.id);
    expect(await rowsOf({ resource: first.body.id })).toHaveLength(1);
  });

  it('that changes nothing, and a read, leave nothing', async () => {
    const count = async () => (await api.db.sql.query('select id from audit_events')).length;
    const before = await count();
    await ask('POST', `${automations}/validate`, { draft: {} }, builder.headers);
    await ask('GET', automations, undefined, builder.headers);
    // A form filled in badly is no attack.
    expect((await ask('POST', automations, { name: '' }, builder.headers)).status).toBe(400);
    expect(await count()).toBe(before);
  });
});

describe('What is refused', () => {
  it('leaves a row: a right that is missing', async () => {
    expect((await ask('POST', automations, { name: 'x' }, viewer.headers)).status).toBe(403);
    expect(await rowsOf({ actor: viewer.id, action: 'automation.create' })).toMatchObject([
      { outcome: 'refused', after: { problem: 'forbidden' }, ip: '127.0.0.1' },
    ]);
  });

  it('leaves a row: an id that leads nowhere here, foreign or absent', async () => {
    const elsewhere = await addPerson(api, 'owner', await addWorkspace(api));
    const { body } = await ask('POST', automations, { name: 'Mine' }, builder.headers);
    expect((await ask('GET', `${automations}/${body.id}`, undefined, elsewhere.headers)).status).toBe(404);
    const own = await ask('GET', '/api/v1/audit', undefined, elsewhere.headers);
    expect(own.body.items).toContainEqual(
      expect.objectContaining({
        action: 'automation.view',
        outcome: 'refused',
        resource: { type: 'automation', id: body.id },
        after: { problem: 'not-found' },
      }),
    );
    // Its own workspace is not told of strangers who guess.
    expect((await rowsOf({ resource: body.id })).map(({ action }) => action)).toEqual(['automation.create']);
  });

  it('leaves a row: an API key that is none; a visitor without one leaves none', async () => {
    const refusals = () => api.db.sql.query(`select * from audit_events where action = 'credential.use'`);
    await ask('GET', automations, undefined, {});
    expect(await refusals()).toEqual([]);
    await ask('GET', automations, undefined, { authorization: 'Bearer guess-guess-guess' });
    const rows = await refusals();
    expect(rows).toMatchObject([
      { workspace: null, actor_type: 'nobody', outcome: 'refused', ip: '127.0.0.1' },
    ]);
    expect(JSON.stringify(rows)).not.toContain('guess-guess');
  });

  it('leaves a row: a write from a page of another site', async () => {
    const { cookie } = builder.headers;
    const headers = { cookie: cookie!, origin: 'https://evil.example' };
    expect((await ask('POST', automations, { name: 'x' }, headers)).status).toBe(403);
    expect(await rowsOf({ actor: builder.id, outcome: 'refused' })).toMatchObject([
      { action: 'automation.create' },
    ]);
  });

  it('leaves one row however often it is tried', async () => {
    const nosy = await addPerson(api, 'viewer');
    for (let time = 0; time < 30; time++) await ask('POST', automations, { name: 'x' }, nosy.headers);
    expect(await rowsOf({ actor: nosy.id, outcome: 'refused' })).toHaveLength(1);
  });

  it('leaves a row: a write that broke on our side', async () => {
    const node = { id: 'go', name: 'Go', type: 'manual-trigger', position: { x: 0, y: 0 } };
    const automation = { name: 'x', draft: { nodes: [node], edges: [] } };
    const { body } = await ask('POST', automations, automation, builder.headers);
    // Nothing listens where this API looks for Temporal.
    const broken = await ask('POST', `${automations}/${body.id}/runs`, { draft: true }, builder.headers);
    expect(broken.status).toBe(503);
    expect(await rowsOf({ resource: body.id, outcome: 'failed' })).toMatchObject([
      { action: 'automation.run', after: { problem: 'unavailable' } },
    ]);
  });
});

describe('The log', () => {
  it('is for who may view it, filters and pages', async () => {
    expect((await ask('GET', '/api/v1/audit', undefined, builder.headers)).status).toBe(403);
    const all: string[] = [];
    for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
      const query = new URLSearchParams({ limit: '3', ...(cursor && { cursor }) });
      const { body } = await api.call('GET', `/api/v1/audit?${query}`);
      all.push(...body.items.map(({ id }: AuditEvent) => id));
      cursor = body.nextCursor;
    }
    expect(all).toEqual([...new Set(all)].toSorted().reverse());
    const home = await firstWorkspace(api);
    const count = await api.db.sql.query('select id from audit_events where workspace = $1', [home]);
    expect(all).toHaveLength(count.length);
    const refused = await rowsOf({ outcome: 'refused' });
    expect(new Set(refused.map(({ outcome }) => outcome))).toEqual(new Set(['refused']));
    expect(await rowsOf({ from: '2999-01-01T00:00:00.000Z' })).toEqual([]);
    expect(await rowsOf({ to: '2999-01-01T00:00:00.000Z' })).not.toEqual([]);
  });

  it('comes as CSV that no spreadsheet runs, and says who took it', async () => {
    const names = ['=cmd|/c calc!A1', '+1', '-1', '@SUM(A1)', 'a "quoted", name'];
    for (const name of names) await ask('POST', automations, { name }, builder.headers);
    const { headers, body, status } = await api.call('GET', '/api/v1/audit.csv?action=automation.create');
    expect([status, headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(headers.get('content-disposition')).toContain('attachment');
    const [head, ...lines] = (body as string).trimEnd().split('\r\n');
    expect(head).toMatch(/^at,action,outcome,actor_type,/);
    expect(lines.length).toBe((await rowsOf({ action: 'automation.create', limit: '200' })).length);
    for (const name of names.slice(0, 4)) {
      expect(body).toContain(`,'${name},`);
      expect(body).not.toContain(`,${name},`);
    }
    expect(body).toContain(`,"a ""quoted"", name",`);
    expect(await rowsOf({ action: 'audit.export' })).toMatchObject([{ actor: { type: 'key' } }]);
  });

  it('comes whole, however many pages it has', async () => {
    const home = await firstWorkspace(api);
    await api.db.sql.query(
      `insert into audit_events (id, workspace, at, actor_type, action, outcome)
       select 'many-' || lpad(n::text, 6, '0'), $1, now(), 'system', 'test.many', 'done' from generate_series(1, 1201) n`,
      [home],
    );
    const { body } = await api.call('GET', '/api/v1/audit.csv?action=test.many');
    const ids = (body as string).match(/many-\d{6}/g) ?? [];
    expect(new Set(ids).size).toBe(1_201);
  });

  it('can be added to and never changed, by nobody who serves', async () => {
    for (const statement of [`update audit_events set outcome = 'done'`, 'delete from audit_events'])
      await expect(api.db.sql.query(statement)).rejects.toThrow('permission denied');
    for (const statement of ['truncate audit_events', 'drop table audit_events'])
      await expect(api.db.sql.query(statement)).rejects.toThrow(/permission denied|must be owner/);
  });
});
