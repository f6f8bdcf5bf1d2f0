import { expect, it } from '@jest/globals';
import { describeDatabases } from '../testing/describe-databases.ts';
import { createWorkspace } from '../testing/fixtures.ts';
import { createMember, createPerson, ownerOf } from '../testing/people.ts';
import type { Grantee, GrantsRepository } from './grants.ts';

describeDatabases('Grants', (database) => {
  const grants = <T>(workspace: string, work: (repository: GrantsRepository) => Promise<T>) =>
    database().inWorkspace(workspace, (repositories) => work(repositories.grants));
  const resource = { type: 'automation' as const, id: 'orders' };

  async function people() {
    const workspace = await createWorkspace(database());
    const bea = (await createMember(database(), workspace, 'member', 'Bea')).id;
    const caio = (await createMember(database(), workspace, 'member', 'Caio')).id;
    const made = await database().inWorkspace(workspace, ({ groups }) =>
      groups.create({ name: 'Sales', members: [bea] }),
    );
    if (made.kind !== 'saved') throw new Error(made.kind);
    const level = (user: string) => grants(workspace, (g) => g.levelOf(user, resource));
    return { workspace, bea, caio, group: made.group.id, level };
  }

  it('reach members by themselves, by group and as everyone, the strongest counts', async () => {
    const { workspace, bea, caio, group, level } = await people();
    const put = (grantee: Grantee, value: 'use' | 'edit' | 'manage') =>
      grants(workspace, (g) => g.put({ resource, grantee, level: value, createdBy: bea }));
    expect(await level(bea)).toBeUndefined();
    const everyone = await put({ type: 'everyone' }, 'use');
    expect(everyone).toMatchObject({ resource, grantee: { type: 'everyone' }, level: 'use' });
    const toGroup = await put({ type: 'group', id: group }, 'manage');
    expect(toGroup).toMatchObject({ grantee: { type: 'group', id: group }, granteeName: 'Sales' });
    const toCaio = await put({ type: 'user', id: caio }, 'edit');
    expect(toCaio).toMatchObject({ granteeName: 'Caio', level: 'edit' });
    expect([await level(bea), await level(caio)]).toEqual(['manage', 'edit']);
    expect(await level(await ownerOf(database(), workspace))).toBe('use');
    expect(await grants(workspace, (g) => g.list(resource))).toEqual([everyone, toGroup, toCaio]);

    expect(await put({ type: 'user', id: caio }, 'use')).toEqual({ ...toCaio, level: 'use' });
    expect(await level(caio)).toBe('use');
    await grants(workspace, (g) =>
      g.put({
        resource: { type: 'automation', id: 'bills' },
        grantee: { type: 'user', id: bea },
        level: 'edit',
      }),
    );
    expect(await grants(workspace, (g) => g.sharedWith(bea, 'automation'))).toEqual(
      new Map([
        ['orders', 'manage'],
        ['bills', 'edit'],
      ]),
    );
    expect(await grants(workspace, (g) => g.sharedWith(bea, 'credential'))).toEqual(new Map());

    expect(await grants(workspace, (g) => g.remove(resource, toGroup!.id))).toEqual(toGroup);
    expect(await grants(workspace, (g) => g.remove(resource, toGroup!.id))).toBeUndefined();
    expect(await level(bea)).toBe('use');
    await grants(workspace, (g) => g.removeAll(resource));
    expect(await level(bea)).toBeUndefined();
    expect((await grants(workspace, (g) => g.sharedWith(bea, 'automation'))).get('bills')).toBe('edit');
  });

  it('go to nobody and nothing outside the workspace', async () => {
    const { workspace, bea, group } = await people();
    const foreign = await people();
    const stranger = (await createPerson(database())).id;
    for (const grantee of [
      { type: 'user', id: stranger },
      { type: 'user', id: foreign.bea },
      { type: 'user', id: group },
      { type: 'group', id: foreign.group },
      { type: 'group', id: bea },
    ] as const)
      expect(await grants(workspace, (g) => g.put({ resource, grantee, level: 'use' }))).toBeUndefined();
    const grant = await grants(workspace, (g) =>
      g.put({ resource, grantee: { type: 'user', id: bea }, level: 'use' }),
    );
    expect(await grants(foreign.workspace, (g) => g.remove(resource, grant!.id))).toBeUndefined();
    expect(await grants(foreign.workspace, (g) => g.list(resource))).toEqual([]);
    expect(await grants(workspace, (g) => g.remove({ ...resource, id: 'other' }, grant!.id))).toBeUndefined();
    expect(await grants(workspace, (g) => g.list(resource))).toEqual([grant]);
  });
});
