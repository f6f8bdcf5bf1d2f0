import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { auditOf, listenTo, ownWorkspace, signedIn } from '../testing/signed-in.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

describe('Groups', () => {
  it('are made, changed and deleted by heads, and seen by all but plain members', async () => {
    const { workspace, owner } = await ownWorkspace(api);
    const bea = await signedIn(api, { workspace, role: 'viewer', name: 'Bea' });
    const plain = await signedIn(api, { workspace, role: 'member', name: 'Caio' });
    const made = await owner.call('POST', '/groups', { name: 'Sales', members: [bea.id] });
    expect(made).toMatchObject({
      status: 201,
      body: { name: 'Sales', members: [{ user: bea.id, name: 'Bea' }] },
    });
    const { id } = made.body;
    expect((await bea.call('GET', '/groups')).body).toEqual({ items: [made.body] });
    expect((await plain.call('GET', '/groups')).status).toBe(403);
    expect((await bea.call('POST', '/groups', { name: 'Mine' })).status).toBe(403);

    const heard = listenTo(api);
    const saved = await owner.call('PUT', `/groups/${id}`, { name: 'Sales 2', members: [plain.id] });
    expect(saved).toMatchObject({
      status: 200,
      body: { id, name: 'Sales 2', members: [{ user: plain.id }] },
    });
    expect(heard).toEqual([
      { kind: 'access.changed', workspace, user: plain.id },
      { kind: 'access.changed', workspace, user: bea.id },
    ]);
    expect((await owner.call('DELETE', `/groups/${id}`)).status).toBe(204);
    expect((await owner.call('GET', '/groups')).body.items).toEqual([]);
    const log = await auditOf(api, workspace);
    expect(log.filter(({ outcome }) => outcome === 'done').slice(0, 3)).toMatchObject([
      { action: 'group.delete', before: { name: 'Sales 2', members: [plain.id] } },
      {
        action: 'group.update',
        resource: { type: 'group', id, name: 'Sales 2' },
        before: { name: 'Sales', members: [bea.id] },
        after: { name: 'Sales 2', members: [plain.id] },
      },
      { action: 'group.create', resource: { id }, after: { name: 'Sales', members: [bea.id] } },
    ]);
  });

  it('refuse a name twice, and who is no member, by place', async () => {
    const { owner } = await ownWorkspace(api);
    const stranger = await signedIn(api);
    await owner.call('POST', '/groups', { name: 'Sales' });
    expect(await owner.call('POST', '/groups', { name: 'Sales' })).toMatchObject({
      status: 409,
      body: { code: 'group-name-taken' },
    });
    for (const user of [stranger.id, 'no-such'])
      expect(await owner.call('POST', '/groups', { name: 'x', members: [owner.id, user] })).toMatchObject({
        status: 400,
        body: { errors: [{ field: 'members.1', code: 'not-member', message: 'There is no such member.' }] },
      });
  });

  it('of other workspaces are not there', async () => {
    const { owner } = await ownWorkspace(api);
    const foreign = await ownWorkspace(api);
    const { id } = (await foreign.owner.call('POST', '/groups', { name: 'Theirs' })).body;
    for (const [method, body] of [
      ['PUT', { name: 'Mine' }],
      ['DELETE', undefined],
    ] as const) {
      const answers = await Promise.all(
        [id, 'no-such'].map((group) => owner.call(method, `/groups/${group}`, body)),
      );
      expect(answers[0]).toMatchObject({ status: 404, body: { code: 'not-found' } });
      expect(answers[1]!.body).toEqual(answers[0]!.body);
    }
    expect((await foreign.owner.call('GET', '/groups')).body.items).toMatchObject([{ name: 'Theirs' }]);
  });
});
