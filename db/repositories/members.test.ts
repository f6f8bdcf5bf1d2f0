import { expect, it } from '@jest/globals';
import { describeDatabases } from '../testing/describe-databases.ts';
import { createWorkspace } from '../testing/fixtures.ts';
import { createMember, createPerson, ownerOf } from '../testing/people.ts';
import type { MembersRepository } from './members.ts';

describeDatabases('Members', (database) => {
  const members = <T>(work: (repository: MembersRepository) => Promise<T>) =>
    database().asSystem((repositories) => work(repositories.members));
  const count = async (text: string, parameters: unknown[]) =>
    (await database().sql.query<{ n: number }>(`select count(*)::int as n from ${text}`, parameters))[0]!.n;
  const signIn = (user: string, workspace: string) =>
    database().asSystem(({ sessions }) =>
      sessions.create({
        tokenHash: `${user} ${workspace}`,
        user,
        workspace,
        method: 'password',
        device: '',
        expiresAt: new Date(Date.now() + 60_000),
      }),
    );

  it('are listed with their role, second factor, and when they were last here', async () => {
    const workspace = await createWorkspace(database());
    const elsewhere = await createWorkspace(database());
    const owner = await ownerOf(database(), workspace);
    const bea = await createMember(database(), workspace, 'builder');
    await database().sql.query('update users set totp_confirmed_at = now() where id = $1', [bea.id]);
    await signIn(owner, elsewhere);
    await signIn(bea.id, workspace);
    const list = await members((m) => m.list(workspace));
    expect(list.map(({ user, role, secondFactor }) => ({ user, role, secondFactor }))).toEqual([
      { user: owner, role: 'owner', secondFactor: false },
      { user: bea.id, role: 'builder', secondFactor: true },
    ]);
    expect(list[0]!.lastSeenAt).toBeUndefined();
    expect(list[1]).toMatchObject({ name: 'Bea', email: bea.email, lastSeenAt: expect.any(String) });
    expect(await members((m) => m.find(elsewhere, bea.id))).toBeUndefined();
  });

  it('change roles; an owner only by an owner, and never the last', async () => {
    const workspace = await createWorkspace(database());
    const owner = await ownerOf(database(), workspace);
    const bea = (await createMember(database(), workspace, 'builder')).id;
    expect(
      await members((m) => m.setRole({ workspace, user: bea, role: 'viewer', by: 'admin' })),
    ).toMatchObject({ kind: 'changed', before: 'builder', member: { user: bea, role: 'viewer' } });
    const demote = (by: 'owner' | 'admin') =>
      members((m) => m.setRole({ workspace, user: owner, role: 'admin', by }));
    expect(await demote('admin')).toEqual({ kind: 'forbidden' });
    expect(await demote('owner')).toEqual({ kind: 'last-owner' });
    expect(await members((m) => m.remove({ workspace, user: owner, by: 'admin' }))).toEqual({
      kind: 'forbidden',
    });
    expect(await members((m) => m.remove({ workspace, user: owner, by: 'owner' }))).toEqual({
      kind: 'last-owner',
    });
    const stranger = (await createPerson(database())).id;
    for (const user of [stranger, 'no such'])
      expect(await members((m) => m.setRole({ workspace, user, role: 'admin', by: 'owner' }))).toEqual({
        kind: 'not-found',
      });
    expect(await ownerOf(database(), workspace)).toBe(owner);
  });

  it('never all stop being owners, however many try at once', async () => {
    const workspace = await createWorkspace(database());
    const owners = [await ownerOf(database(), workspace)];
    for (const _ of [1, 2, 3]) owners.push((await createMember(database(), workspace, 'owner')).id);
    const results = await Promise.all(
      owners.map((user) => members((m) => m.remove({ workspace, user, by: 'owner' }))),
    );
    expect(results.map(({ kind }) => kind).toSorted()).toEqual([
      'last-owner',
      'removed',
      'removed',
      'removed',
    ]);
  });

  it('take along what was theirs here, and nothing of elsewhere', async () => {
    const workspace = await createWorkspace(database());
    const elsewhere = await createWorkspace(database());
    const bea = await createMember(database(), workspace, 'admin');
    await database().sql.query(
      `insert into memberships ("user", workspace, role, created_at) values ($1, $2, 'admin', now())`,
      [bea.id, elsewhere],
    );
    const keys: string[] = [];
    for (const place of [workspace, elsewhere]) {
      await signIn(bea.id, place);
      await database().inWorkspace(place, async ({ apiKeys, groups, grants, invitations }) => {
        const key = { keyHash: `personal ${place}`, prefix: 'hvx', name: 'Bea', user: bea.id };
        keys.push((await apiKeys.create({ ...key, role: 'admin' })).id);
        const service = { keyHash: `service ${place}`, prefix: 'hvx', name: 'CI', createdBy: bea.id };
        await apiKeys.create({ ...service, role: 'builder' });
        expect((await groups.create({ name: 'Sales', members: [bea.id] })).kind).toBe('saved');
        const resource = { type: 'automation' as const, id: `of ${place}` };
        await grants.put({ resource, grantee: { type: 'user', id: bea.id }, level: 'use' });
        const expiresAt = new Date(Date.now() + 60_000);
        await invitations.create({ tokenHash: place, role: 'admin', createdBy: bea.id, expiresAt });
      });
    }
    const rows = async (place: string) => ({
      memberships: await count('memberships where workspace = $1 and "user" = $2', [place, bea.id]),
      keys: await count('api_keys where workspace = $1', [place]),
      groups: await count('group_members where workspace = $1', [place]),
      grants: await count('grants where workspace = $1', [place]),
      invitations: await count('invitations where workspace = $1', [place]),
      sessions: await count('sessions where active_workspace = $1', [place]),
    });
    const all = { memberships: 1, keys: 2, groups: 1, grants: 1, invitations: 1, sessions: 1 };
    expect(await rows(workspace)).toEqual(all);
    const removed = await members((m) => m.remove({ workspace, user: bea.id, by: 'owner' }));
    expect(removed).toMatchObject({ kind: 'removed', member: { user: bea.id }, keys: [keys[0]] });
    expect(await rows(workspace)).toEqual({
      ...{ memberships: 0, keys: 1, groups: 0, grants: 0, invitations: 0, sessions: 0 },
    });
    expect(await rows(elsewhere)).toEqual(all);
  });

  it('who may invite no more leave no open invitation behind', async () => {
    const workspace = await createWorkspace(database());
    const bea = (await createMember(database(), workspace, 'admin')).id;
    const expiresAt = new Date(Date.now() + 60_000);
    await database().inWorkspace(workspace, ({ invitations }) =>
      invitations.create({ tokenHash: `by ${bea}`, role: 'admin', createdBy: bea, expiresAt }),
    );
    await members((m) => m.setRole({ workspace, user: bea, role: 'admin', by: 'owner' }));
    expect(await count('invitations where created_by = $1', [bea])).toBe(1);
    await members((m) => m.setRole({ workspace, user: bea, role: 'builder', by: 'owner' }));
    expect(await count('invitations where created_by = $1', [bea])).toBe(0);
  });

  it('hand the workspace over: one owner before, one after', async () => {
    const workspace = await createWorkspace(database());
    const owner = await ownerOf(database(), workspace);
    const bea = (await createMember(database(), workspace)).id;
    const stranger = (await createPerson(database())).id;
    expect(await members((m) => m.transfer(workspace, stranger))).toEqual({ kind: 'not-found' });
    expect(await members((m) => m.transfer(workspace, bea))).toMatchObject({
      kind: 'transferred',
      former: [owner],
      member: { user: bea, role: 'owner' },
    });
    expect((await members((m) => m.list(workspace))).map(({ user, role }) => [user, role])).toEqual([
      [owner, 'admin'],
      [bea, 'owner'],
    ]);
    expect(await members((m) => m.transfer(workspace, bea))).toMatchObject({ former: [] });
  });
});
