import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { assignableRole, roles } from '../../contracts/access/roles.ts';
import { hashToken } from '../auth/secrets.ts';
import { auditOf, listenTo, ownWorkspace, signedIn } from '../testing/signed-in.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

describe('Members', () => {
  it('are listed for all but plain members, and managed by heads', async () => {
    const { workspace, owner } = await ownWorkspace(api);
    const allowed: Record<string, [number, number]> = {};
    for (const role of roles) {
      const person = role === 'owner' ? owner : await signedIn(api, { workspace, role });
      const target = await signedIn(api, { workspace, role: 'viewer' });
      allowed[role] = [
        (await person.call('GET', '/members')).status,
        (await person.call('PATCH', `/members/${target.id}`, { role: 'member' })).status,
      ];
    }
    expect(allowed).toEqual({
      ...{ owner: [200, 200], admin: [200, 200], builder: [200, 403], operator: [200, 403] },
      ...{ member: [403, 403], viewer: [200, 403] },
    });
    const { items } = (await owner.call('GET', '/members')).body;
    expect(items[0]).toMatchObject({ user: owner.id, name: 'Ana', role: 'owner', secondFactor: false });
    expect(items).toHaveLength(12);
  });

  it('change roles at once, for everything that is open', async () => {
    const { workspace, owner } = await ownWorkspace(api);
    const bea = await signedIn(api, { workspace, role: 'viewer' });
    expect((await bea.call('POST', '/automations', { name: 'x' })).status).toBe(403);
    const heard = listenTo(api);
    const changed = await owner.call('PATCH', `/members/${bea.id}`, { role: 'builder' });
    expect(changed).toMatchObject({ status: 200, body: { user: bea.id, role: 'builder' } });
    expect(heard).toEqual([{ kind: 'access.changed', workspace, user: bea.id }]);
    expect((await bea.call('POST', '/automations', { name: 'x' })).status).toBe(201);
    expect(await auditOf(api, workspace, 'member.update')).toMatchObject([
      {
        actor: { id: owner.id },
        resource: { type: 'member', id: bea.id, name: 'Bea' },
        before: { role: 'viewer' },
        after: { role: 'builder' },
      },
    ]);
  });

  it('become owners by nothing but a transfer, and owners are touched by owners alone', async () => {
    const { workspace, owner } = await ownWorkspace(api);
    const admin = await signedIn(api, { workspace, role: 'admin' });
    for (const by of [owner, admin])
      expect((await by.call('PATCH', `/members/${admin.id}`, { role: 'owner' })).status).toBe(400);
    expect((await admin.call('PATCH', `/members/${owner.id}`, { role: 'viewer' })).status).toBe(403);
    expect((await admin.call('DELETE', `/members/${owner.id}`)).status).toBe(403);
    for (const answer of [
      await owner.call('PATCH', `/members/${owner.id}`, { role: 'admin' }),
      await owner.call('DELETE', `/members/${owner.id}`),
    ])
      expect(answer).toMatchObject({ status: 409, body: { code: 'last-owner' } });
    const bea = await signedIn(api, { workspace, role: 'viewer' });
    for (const role of assignableRole.options)
      expect((await admin.call('PATCH', `/members/${bea.id}`, { role })).body).toMatchObject({ role });
  });

  it('who are removed lose their keys and what they have open', async () => {
    const { workspace, owner } = await ownWorkspace(api);
    const bea = await signedIn(api, { workspace, role: 'builder' });
    const secret = `hvx_bea_${workspace}`;
    const key = await api.db.inWorkspace(workspace, ({ apiKeys }) =>
      apiKeys.create({
        ...{ keyHash: hashToken(secret), prefix: 'hvx', name: 'Bea', user: bea.id, role: 'builder' },
      }),
    );
    const byKey = () =>
      api.call('GET', '/api/v1/automations', undefined, { authorization: `Bearer ${secret}` });
    expect((await byKey()).status).toBe(200);
    const heard = listenTo(api);
    expect((await owner.call('DELETE', `/members/${bea.id}`)).status).toBe(204);
    expect(heard).toEqual([
      { kind: 'credentials.ended', sessions: [], keys: [key.id] },
      { kind: 'access.changed', workspace, user: bea.id },
    ]);
    expect((await byKey()).status).toBe(401);
    expect((await bea.call('GET', '/automations')).body.code).toBe('no-workspace');
    expect((await bea.call('GET', '/account')).body.user).toMatchObject({ id: bea.id });
    expect(await auditOf(api, workspace, 'member.remove')).toMatchObject([
      { actor: { id: owner.id }, resource: { id: bea.id }, before: { role: 'builder', keys: 1 } },
    ]);
  });

  it('of other workspaces and of none are the same nobody', async () => {
    const { owner } = await ownWorkspace(api);
    const foreign = await ownWorkspace(api);
    const body = { role: 'viewer' };
    for (const method of ['PATCH', 'DELETE']) {
      const sent = method === 'PATCH' ? body : undefined;
      const answers = await Promise.all(
        [foreign.owner.id, 'no-such'].map((id) => owner.call(method, `/members/${id}`, sent)),
      );
      expect(answers[0]).toMatchObject({ status: 404, body: { code: 'not-found' } });
      expect(answers[1]!.body).toEqual(answers[0]!.body);
    }
    expect((await foreign.owner.call('GET', '/members')).body.items).toHaveLength(1);
  });
});
