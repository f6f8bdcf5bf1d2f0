import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ulid } from 'ulid';
import { manual } from '../testing/graphs.ts';
import { auditOf, listenTo, ownWorkspace, type SignedInPerson, signedIn } from '../testing/signed-in.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

async function automationOf(owner: SignedInPerson): Promise<string> {
  return (await owner.call('POST', '/automations', { name: 'Orders', draft: manual() })).body.id;
}

describe('Grants', () => {
  it('open one automation to a member, by themselves and by group, until they are taken away', async () => {
    const { workspace, owner } = await ownWorkspace(api);
    const bea = await signedIn(api, { workspace, role: 'member', name: 'Bea' });
    const automation = await automationOf(owner);
    const at = `/automations/${automation}`;
    const share = (grantee: unknown, level: string, by = owner) =>
      by.call('PUT', `${at}/grants`, { grantee, level });
    const reads = async () => (await bea.call('GET', at)).status;
    const saves = async () => (await bea.call('PATCH', at, { name: 'Orders' })).status;
    expect([await reads(), await saves()]).toEqual([403, 403]);

    const heard = listenTo(api);
    const toBea = await share({ type: 'user', id: bea.id }, 'use');
    expect(toBea).toMatchObject({
      status: 200,
      body: {
        resource: { type: 'automation', id: automation },
        grantee: { type: 'user', id: bea.id },
        granteeName: 'Bea',
        level: 'use',
      },
    });
    expect(heard).toEqual([
      { kind: 'access.changed', workspace, user: bea.id },
      { kind: 'notification.changed', workspace, person: `user:${bea.id}` },
    ]);
    expect([await reads(), await saves()]).toEqual([200, 403]);
    expect((await bea.call('GET', `${at}/grants`)).status).toBe(403);

    const { body: group } = await owner.call('POST', '/groups', { name: 'Sales', members: [bea.id] });
    const toGroup = await share({ type: 'group', id: group.id }, 'manage');
    expect([await reads(), await saves()]).toEqual([200, 200]);
    const listed = await bea.call('GET', `${at}/grants`);
    expect(listed.body.items).toEqual([toBea.body, toGroup.body]);
    expect((await share({ type: 'everyone' }, 'use', bea)).status).toBe(200);

    for (const { id } of (await owner.call('GET', `${at}/grants`)).body.items)
      expect((await owner.call('DELETE', `${at}/grants/${id}`)).status).toBe(204);
    expect([await reads(), await saves()]).toEqual([403, 403]);
    const log = await auditOf(api, workspace, 'automation.share');
    expect(log.find(({ before }) => before !== undefined)).toMatchObject({
      resource: { type: 'automation', id: automation, name: 'Orders' },
      before: { level: 'use', grantee: { type: 'everyone' } },
    });
  });

  it('on credentials are for heads and for who manages them', async () => {
    const { workspace, owner } = await ownWorkspace(api);
    const builder = await signedIn(api, { workspace, role: 'builder' });
    const id = ulid();
    await api.db.sql.query(
      `insert into credentials (id, workspace, name, type, fields, sealed, revision, created_at, updated_at)
       values ($1, $2, 'Mail', 'basic', '{}', 'sealed', 1, now(), now())`,
      [id, workspace],
    );
    const at = `/credentials/${id}/grants`;
    const grantee = { type: 'everyone' };
    expect((await builder.call('PUT', at, { grantee, level: 'use' })).status).toBe(403);
    const toBuilder = { grantee: { type: 'user', id: builder.id }, level: 'manage' };
    expect((await owner.call('PUT', at, toBuilder)).status).toBe(200);
    expect((await builder.call('PUT', at, { grantee, level: 'use' })).status).toBe(200);
    expect((await builder.call('GET', at)).body.items).toHaveLength(2);
    const foreign = await ownWorkspace(api);
    expect((await foreign.owner.call('GET', at)).status).toBe(404);
  });

  it('lead nowhere outside the workspace: things, people, groups and grants', async () => {
    const { owner } = await ownWorkspace(api);
    const foreign = await ownWorkspace(api);
    const theirs = await automationOf(foreign.owner);
    const mine = await automationOf(owner);
    const everyone = { grantee: { type: 'everyone' }, level: 'use' };
    const { body: grant } = await foreign.owner.call('PUT', `/automations/${theirs}/grants`, everyone);
    const { body: group } = await foreign.owner.call('POST', '/groups', { name: 'Theirs' });
    const to = (type: string, id: string) => ({ grantee: { type, id }, level: 'use' });
    for (const [method, foreignPath, absentPath, foreignBody, absentBody] of [
      ['GET', `/automations/${theirs}/grants`, '/automations/no-such/grants'],
      ['PUT', `/automations/${theirs}/grants`, '/automations/no-such/grants', everyone, everyone],
      ['DELETE', `/automations/${theirs}/grants/${grant.id}`, '/automations/no-such/grants/no-such'],
      ['DELETE', `/automations/${mine}/grants/${grant.id}`, `/automations/${mine}/grants/no-such`],
      [
        ...(['PUT', `/automations/${mine}/grants`, `/automations/${mine}/grants`] as const),
        ...[to('user', foreign.owner.id), to('user', 'no-such')],
      ],
      [
        ...(['PUT', `/automations/${mine}/grants`, `/automations/${mine}/grants`] as const),
        ...[to('group', group.id), to('group', 'no-such')],
      ],
      ['GET', '/credentials/foreign/grants', '/credentials/no-such/grants'],
    ] as [string, string, string, unknown?, unknown?][]) {
      const foreignAnswer = await owner.call(method, foreignPath, foreignBody);
      const absentAnswer = await owner.call(method, absentPath, absentBody);
      expect(foreignAnswer).toMatchObject({ status: 404, body: { code: 'not-found' } });
      expect(absentAnswer.body).toEqual(foreignAnswer.body);
    }
    expect((await foreign.owner.call('GET', `/automations/${theirs}/grants`)).body.items).toEqual([grant]);
    expect((await owner.call('GET', `/automations/${mine}/grants`)).body.items).toEqual([]);
  });

  it('end with the automation', async () => {
    const { owner } = await ownWorkspace(api);
    const automation = await automationOf(owner);
    const at = `/automations/${automation}/grants`;
    expect((await owner.call('PUT', at, { grantee: { type: 'everyone' }, level: 'use' })).status).toBe(200);
    expect((await owner.call('DELETE', `/automations/${automation}`)).status).toBe(204);
    expect((await owner.call('GET', at)).status).toBe(404);
    const rows = await api.db.sql.query('select id from grants where resource = $1', [automation]);
    expect(rows).toEqual([]);
  });
});
