import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { manual } from '../testing/graphs.ts';
import { auditOf, listenTo, ownWorkspace } from '../testing/signed-in.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

describe('How the runs of a workspace flow', () => {
  it('is set in parts, told to all processes and audited', async () => {
    const { workspace, owner } = await ownWorkspace(api);
    const nothing = { concurrency: null, errorAutomation: null };
    expect((await owner.call('GET', '/workspace/flow')).body).toEqual(nothing);
    const { body: alerts } = await owner.call('POST', '/automations', { name: 'Alerts', draft: manual() });
    const told = listenTo(api);
    const concurrency = { limit: 20, policy: 'queue' };
    const limited = await owner.call('PATCH', '/workspace/flow', { concurrency: { limit: 20 } });
    expect(limited).toMatchObject({ status: 200, body: { ...nothing, concurrency } });
    expect(told).toContainEqual({ kind: 'workspace.changed', workspace });
    const both = await owner.call('PATCH', '/workspace/flow', { errorAutomation: alerts.id });
    expect(both.body).toEqual({ concurrency, errorAutomation: alerts.id });
    const off = await owner.call('PATCH', '/workspace/flow', { concurrency: null });
    expect(off.body).toEqual({ concurrency: null, errorAutomation: alerts.id });
    const trail = (await auditOf(api, workspace)).filter(({ action }) => action === 'workspace.flow');
    expect(trail).toHaveLength(3);
  });

  it('refuses limits of nothing, a policy that cancels others, and an automation of elsewhere', async () => {
    const [{ owner }, { owner: other }] = [await ownWorkspace(api), await ownWorkspace(api)];
    const { body: foreign } = await other.call('POST', '/automations', { name: 'Foreign', draft: manual() });
    const statusOf = async (body: unknown) => (await owner.call('PATCH', '/workspace/flow', body)).status;
    expect(await statusOf({ concurrency: { limit: 0 } })).toBe(400);
    expect(await statusOf({ concurrency: { limit: 1, policy: 'replace' } })).toBe(400);
    expect(await statusOf({ errorAutomation: foreign.id })).toBe(403);
    expect(await statusOf({ errorAutomation: 'nowhere' })).toBe(403);
  });
});
