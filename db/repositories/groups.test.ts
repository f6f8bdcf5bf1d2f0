import { expect, it } from '@jest/globals';
import { describeDatabases } from '../testing/describe-databases.ts';
import { createWorkspace } from '../testing/fixtures.ts';
import { createMember, createPerson } from '../testing/people.ts';
import type { GroupsRepository } from './groups.ts';

describeDatabases('Groups', (database) => {
  const groups = <T>(workspace: string, work: (repository: GroupsRepository) => Promise<T>) =>
    database().inWorkspace(workspace, (repositories) => work(repositories.groups));
  async function make(workspace: string, name: string, members: string[] = []) {
    const result = await groups(workspace, (g) => g.create({ name, members }));
    if (result.kind !== 'saved') throw new Error(result.kind);
    return result.group;
  }

  it('hold members of their workspace, each once', async () => {
    const workspace = await createWorkspace(database());
    const bea = (await createMember(database(), workspace, 'viewer', 'Bea')).id;
    const ari = (await createMember(database(), workspace, 'viewer', 'Ari')).id;
    const stranger = (await createPerson(database())).id;
    const sales = await make(workspace, 'sales', [bea, ari, bea]);
    expect(sales.members).toEqual([
      { user: ari, name: 'Ari' },
      { user: bea, name: 'Bea' },
    ]);
    const empty = await make(workspace, 'Back office');
    expect(await groups(workspace, (g) => g.list())).toEqual([empty, sales]);
    expect(await groups(workspace, (g) => g.create({ name: 'x', members: [stranger, bea] }))).toEqual({
      kind: 'not-members',
      users: [stranger],
    });
    expect(await groups(workspace, (g) => g.save(sales.id, { name: 'x', members: [stranger] }))).toEqual({
      kind: 'not-members',
      users: [stranger],
    });
    expect(await groups(workspace, (g) => g.save(sales.id, { name: 'Sales', members: [bea] }))).toEqual({
      kind: 'saved',
      group: { ...sales, name: 'Sales', members: [{ user: bea, name: 'Bea' }] },
      before: sales,
    });
  });

  it('have names of their own, also when two take one at once', async () => {
    const workspace = await createWorkspace(database());
    const results = await Promise.all(
      [1, 2, 3].map(() => groups(workspace, (g) => g.create({ name: 'One', members: [] }))),
    );
    expect(results.map(({ kind }) => kind).toSorted()).toEqual(['name-taken', 'name-taken', 'saved']);
    const two = await make(workspace, 'Two');
    expect(await groups(workspace, (g) => g.save(two.id, { name: 'One', members: [] }))).toEqual({
      kind: 'name-taken',
    });
    expect((await groups(workspace, (g) => g.save(two.id, { name: 'Two', members: [] }))).kind).toBe('saved');
    expect((await make(await createWorkspace(database()), 'One')).name).toBe('One');
  });

  it('go with what was shared with them, in their own workspace only', async () => {
    const workspace = await createWorkspace(database());
    const foreign = await createWorkspace(database());
    const bea = (await createMember(database(), workspace)).id;
    const group = await make(workspace, 'Sales', [bea]);
    const resource = { type: 'automation' as const, id: 'a' };
    await database().inWorkspace(workspace, ({ grants }) =>
      grants.put({ resource, grantee: { type: 'group', id: group.id }, level: 'edit' }),
    );
    const level = () => database().inWorkspace(workspace, ({ grants }) => grants.levelOf(bea, resource));
    expect(await level()).toBe('edit');
    expect(await groups(foreign, (g) => g.save(group.id, { name: 'x', members: [] }))).toEqual({
      kind: 'not-found',
    });
    expect(await groups(foreign, (g) => g.remove(group.id))).toBeUndefined();
    expect(await groups(foreign, (g) => g.list())).toEqual([]);
    expect(await level()).toBe('edit');
    expect(await groups(workspace, (g) => g.remove(group.id))).toEqual(group);
    expect(await level()).toBeUndefined();
    expect(await database().inWorkspace(workspace, ({ grants }) => grants.list(resource))).toEqual([]);
    expect(await groups(workspace, (g) => g.remove(group.id))).toBeUndefined();
  });
});
