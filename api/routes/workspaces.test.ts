import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { pino } from 'pino';
import { healSchedules } from '../../runs/schedules/heal-schedules.ts';
import { scheduleIdOf } from '../../runs/schedules/schedule-id.ts';
import { eventually } from '../testing/eventually.ts';
import { graphOf, node, webhook } from '../testing/graphs.ts';
import { auditOf, listenTo, ownWorkspace, type SignedInPerson, signedIn } from '../testing/signed-in.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { startTestTemporal, type TestTemporal } from '../testing/test-temporal.ts';

/** A Temporal that is away: nothing listens at port 1, and nobody waits or tries again for long. */
const away = Connection.lazy({ address: '127.0.0.1:1', connectTimeout: 200, interceptors: [] });

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ temporal: new Client({ connection: away }) });
});
afterAll(async () => {
  await api.close();
  await away.close();
});

const current = async (person: SignedInPerson) => (await person.call('GET', '/account')).body.workspace;

describe('Workspaces', () => {
  it('are made by anybody who is signed in, who owns them and enters them', async () => {
    const ana = await signedIn(api);
    expect((await ana.call('GET', '/workspace')).body.code).toBe('no-workspace');
    const made = await ana.call('POST', '/workspaces', { name: ' Acme ' });
    expect(made).toMatchObject({ status: 201, body: { name: 'Acme' } });
    expect(made.body.purgedAt).toBeUndefined();
    expect(await current(ana)).toEqual({ id: made.body.id, name: 'Acme', role: 'owner' });
    expect((await ana.call('GET', '/workspace')).body).toEqual(made.body);
    expect(await auditOf(api, made.body.id)).toMatchObject([
      { action: 'workspace.create', actor: { id: ana.id }, resource: { id: made.body.id, name: 'Acme' } },
    ]);
    expect((await api.call('POST', '/api/v1/workspaces', { name: 'x' })).status).toBe(403);
    expect((await api.call('POST', '/api/v1/workspaces', { name: 'x' }, {})).status).toBe(401);
    expect((await ana.call('POST', '/workspaces', { name: ' ' })).status).toBe(400);
  });

  it('are as many as are asked for: no Idempotency-Key, for it would be kept in the workspace that is left', async () => {
    const { paths } = (await api.call('GET', '/api/v1/openapi.json')).body;
    const headers = (path: string) =>
      (paths[path].post.parameters ?? []).map(({ name }: { name: string }) => name);
    expect(headers('/api/v1/automations')).toContain('Idempotency-Key');
    expect(headers('/api/v1/workspaces')).not.toContain('Idempotency-Key');
  });

  it('are entered by their members; foreign and absent ones answer alike', async () => {
    const { workspace: first, owner } = await ownWorkspace(api, 'First');
    const { body: second } = await owner.call('POST', '/workspaces', { name: 'Second' });
    expect(await current(owner)).toMatchObject({ id: second.id });
    const entered = await owner.call('POST', '/account/workspace', { workspace: first });
    expect(entered).toMatchObject({ status: 200, body: { workspace: { id: first, role: 'owner' } } });
    expect(await current(owner)).toMatchObject({ id: first });

    const { workspace: foreign } = await ownWorkspace(api);
    const answers = await Promise.all(
      [foreign, 'no-such'].map((id) => owner.call('POST', '/account/workspace', { workspace: id })),
    );
    expect(answers[0]).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect(answers[1]!.body).toEqual(answers[0]!.body);
    expect(await current(owner)).toMatchObject({ id: first });
  });

  it('are renamed by their heads', async () => {
    const { workspace, owner } = await ownWorkspace(api);
    const viewer = await signedIn(api, { workspace, role: 'viewer' });
    expect((await viewer.call('PATCH', '/workspace', { name: 'Mine' })).status).toBe(403);
    expect((await owner.call('PATCH', '/workspace', { name: 'Acme 2' })).body).toMatchObject({
      ...{ id: workspace, name: 'Acme 2' },
    });
    expect((await viewer.call('GET', '/workspace')).body.name).toBe('Acme 2');
    expect(
      (await auditOf(api, workspace, 'workspace.edit')).find(({ outcome }) => outcome === 'done'),
    ).toMatchObject({
      before: { name: 'Acme' },
      after: { name: 'Acme 2' },
    });
  });

  it('are handed over by their owner, who stays as an admin', async () => {
    const { workspace, owner } = await ownWorkspace(api);
    const bea = await signedIn(api, { workspace, role: 'builder' });
    const stranger = await signedIn(api);
    const transfer = (by: SignedInPerson, user: string) => by.call('POST', '/workspace/transfer', { user });
    expect((await transfer(bea, bea.id)).status).toBe(403);
    const answers = await Promise.all([stranger.id, 'no-such'].map((user) => transfer(owner, user)));
    expect(answers[0]).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect(answers[1]!.body).toEqual(answers[0]!.body);

    const heard = listenTo(api);
    expect(await transfer(owner, bea.id)).toMatchObject({
      status: 200,
      body: { user: bea.id, role: 'owner' },
    });
    expect([(await current(owner)).role, (await current(bea)).role]).toEqual(['admin', 'owner']);
    expect(heard).toEqual([
      { kind: 'access.changed', workspace, user: owner.id },
      { kind: 'access.changed', workspace, user: bea.id },
    ]);
    expect((await transfer(owner, owner.id)).status).toBe(403);
  });

  it('are left by anybody but their last owner', async () => {
    const { workspace, owner } = await ownWorkspace(api);
    const bea = await signedIn(api, { workspace, role: 'viewer' });
    const leave = (by: SignedInPerson, id = workspace) => by.call('DELETE', `/account/workspaces/${id}`);
    expect((await leave(owner)).body.code).toBe('last-owner');
    expect((await leave(await signedIn(api))).body).toEqual((await leave(bea, 'no-such')).body);
    const heard = listenTo(api);
    expect((await leave(bea)).status).toBe(204);
    expect(heard).toEqual([{ kind: 'access.changed', workspace, user: bea.id }]);
    expect(await current(bea)).toBeUndefined();
    expect((await leave(bea)).status).toBe(404);
    expect(await auditOf(api, workspace, 'member.leave')).toMatchObject([
      { actor: { id: bea.id }, resource: { type: 'member', id: bea.id }, before: { role: 'viewer' } },
    ]);
  });

  it('are deleted by their owner, who types the name, and restored by them alone', async () => {
    const { workspace, owner } = await ownWorkspace(api);
    const admin = await signedIn(api, { workspace, role: 'admin' });
    const path = `of-${workspace.toLowerCase()}`;
    const { body: automation } = await owner.call('POST', '/automations', {
      name: 'Orders',
      draft: webhook(path),
    });
    await owner.call('POST', `/automations/${automation.id}/publish`);
    const hook = () => api.call('POST', `/hooks/${path}`, {}, {});
    // Temporal is away: who is found but can't be started is told something else than 404.
    expect((await hook()).status).toBe(503);

    expect((await admin.call('DELETE', '/workspace', { name: 'Acme' })).status).toBe(403);
    expect(await owner.call('DELETE', '/workspace', { name: 'acme' })).toMatchObject({
      status: 400,
      body: { code: 'invalid-request', errors: [{ field: 'name', code: 'wrong-name' }] },
    });
    expect((await hook()).status).toBe(503);

    const heard = listenTo(api);
    const deleted = await owner.call('DELETE', '/workspace', { name: 'Acme' });
    expect(deleted).toMatchObject({
      status: 200,
      body: { id: workspace, name: 'Acme', purgedAt: expect.any(String) },
    });
    expect(heard).toEqual([
      { kind: 'access.changed', workspace },
      { kind: 'automation.changed', workspace, automation: automation.id },
    ]);
    expect((await hook()).status).toBe(404);
    for (const person of [owner, admin]) {
      expect(await current(person)).toBeUndefined();
      expect((await person.call('GET', '/automations')).body.code).toBe('no-workspace');
      expect((await person.call('POST', '/account/workspace', { workspace })).status).toBe(404);
    }
    expect((await owner.call('GET', '/workspaces/deleted')).body).toEqual({ items: [deleted.body] });
    expect((await admin.call('GET', '/workspaces/deleted')).body).toEqual({ items: [] });

    const restore = (by: SignedInPerson, id = workspace) => by.call('POST', `/workspaces/${id}/restore`);
    expect((await restore(admin)).body).toEqual((await restore(owner, 'no-such')).body);
    expect(await restore(owner)).toMatchObject({ status: 200, body: { id: workspace, name: 'Acme' } });
    expect((await hook()).status).toBe(503);
    expect(await current(owner)).toMatchObject({ id: workspace });
    expect((await restore(owner)).status).toBe(404);
    const actions = (await auditOf(api, workspace)).map(({ action, outcome }) => `${action} ${outcome}`);
    expect(actions).toEqual(
      expect.arrayContaining(['workspace.delete refused', 'workspace.delete done', 'workspace.restore done']),
    );
  });

  it('go on when Temporal can’t be told to stop their schedules', async () => {
    const { workspace, owner } = await ownWorkspace(api);
    const draft = graphOf(node('schedule-trigger', { mode: 'interval', every: 1, unit: 'hours' }));
    const { body: automation } = await owner.call('POST', '/automations', { name: 'Report', draft });
    expect((await owner.call('POST', `/automations/${automation.id}/publish`)).status).toBe(503);
    const answer = await owner.call('DELETE', '/workspace', { name: 'Acme' });
    expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect(await current(owner)).toMatchObject({ id: workspace });
    expect((await owner.call('GET', '/workspaces/deleted')).body.items).toEqual([]);

    await api.db.asSystem(({ workspaces }) => workspaces.remove(workspace, 'Acme'));
    expect((await owner.call('POST', `/workspaces/${workspace}/restore`)).status).toBe(503);
    expect((await owner.call('GET', '/workspaces/deleted')).body.items).toHaveLength(1);
  });
});

describe('Schedules of a deleted workspace', () => {
  let temporal: TestTemporal;
  let withTemporal: TestApi;
  beforeAll(async () => {
    temporal = await startTestTemporal();
    withTemporal = await startTestApi({ temporal: temporal.client });
  }, 180_000);
  afterAll(async () => {
    await withTemporal?.close();
    await temporal?.close();
  }, 60_000);

  it('stop at once, stay stopped over a start, and tick again once it is restored', async () => {
    const { workspace, owner } = await ownWorkspace(withTemporal);
    const draft = graphOf(node('schedule-trigger', { mode: 'interval', every: 5, unit: 'hours' }));
    const { body: automation } = await owner.call('POST', '/automations', { name: 'Report', draft });
    expect((await owner.call('POST', `/automations/${automation.id}/publish`)).status).toBe(200);
    const id = scheduleIdOf(workspace, automation.id, 'schedule-trigger');
    const schedule = () =>
      temporal.client.schedule
        .getHandle(id)
        .describe()
        .catch(() => undefined);
    expect(await schedule()).toBeDefined();

    expect((await owner.call('DELETE', '/workspace', { name: 'Acme' })).status).toBe(200);
    expect(await schedule()).toBeUndefined();

    expect((await owner.call('POST', `/workspaces/${workspace}/restore`)).status).toBe(200);
    expect((await schedule())?.spec.intervals).toEqual([expect.objectContaining({ every: 5 * 3_600_000 })]);

    // As if the process had died between the mark and Temporal's answer.
    await withTemporal.db.asSystem(({ workspaces }) => workspaces.remove(workspace, 'Acme'));
    const { db } = withTemporal;
    const log = pino({ level: 'silent' });
    // Temporal's list of schedules lags a moment behind.
    await eventually(
      async () => {
        await healSchedules({ db, temporal: temporal.client, log });
        return schedule();
      },
      (found) => found === undefined,
    );
  }, 60_000);
});
