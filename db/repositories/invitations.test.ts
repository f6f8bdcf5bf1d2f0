import { expect, it } from '@jest/globals';
import { ulid } from 'ulid';
import { describeDatabases } from '../testing/describe-databases.ts';
import { createWorkspace } from '../testing/fixtures.ts';
import { createMember, createPerson, ownerOf } from '../testing/people.ts';
import type { InvitationFinder, NewInvitation } from './invitations.ts';

describeDatabases('Invitations', (database) => {
  const finder = <T>(work: (repository: InvitationFinder) => Promise<T>) =>
    database().asSystem(({ invitations }) => work(invitations));

  async function invite(workspace: string, changes: Partial<NewInvitation> = {}) {
    const input: NewInvitation = {
      tokenHash: ulid(),
      role: 'builder',
      createdBy: await ownerOf(database(), workspace),
      expiresAt: new Date(Date.now() + 60_000),
      ...changes,
    };
    const made = await database().inWorkspace(workspace, ({ invitations }) => invitations.create(input));
    return { ...input, id: made!.id, made };
  }
  const open = (workspace: string) =>
    database().inWorkspace(workspace, ({ invitations }) => invitations.list());
  const roleIn = async (workspace: string, user: string) =>
    (await database().asSystem(({ members }) => members.find(workspace, user)))?.role;
  const account = () => ({ email: `${ulid()}@example.com`, name: 'Caio', passwordHash: 'hash' });

  it('are listed while they can be used, and revoked by their own workspace only', async () => {
    const workspace = await createWorkspace(database());
    const foreign = await createWorkspace(database());
    const first = await invite(workspace);
    const second = await invite(workspace, { email: 'New@Example.com', role: 'viewer' });
    expect(await open(workspace)).toEqual([second.made, first.made]);
    expect(second.made).toMatchObject({ email: 'new@example.com', role: 'viewer', createdBy: 'Ana' });
    const third = await invite(workspace, { email: 'new@example.com', role: 'admin' });
    expect(await open(workspace)).toEqual([third.made, first.made]);
    expect(await finder((f) => f.find(second.tokenHash))).toBeUndefined();
    expect(
      await database().inWorkspace(foreign, ({ invitations }) => invitations.revoke(first.id)),
    ).toBeUndefined();
    expect(
      await database().inWorkspace(workspace, ({ invitations }) => invitations.revoke(first.id)),
    ).toEqual(first.made);
    expect(await open(workspace)).toEqual([third.made]);
    expect(await finder((f) => f.findFor(' NEW@example.com'))).toMatchObject([
      { workspace, name: 'Test', role: 'admin' },
    ]);
    expect(await finder((f) => f.findFor('nobody@example.com'))).toEqual([]);
  });

  it('are not made for who is a member', async () => {
    const workspace = await createWorkspace(database());
    const { email } = await createMember(database(), workspace);
    const input = { tokenHash: ulid(), role: 'viewer' as const, createdBy: 'x', expiresAt: new Date() };
    expect(
      await database().inWorkspace(workspace, ({ invitations }) =>
        invitations.create({ ...input, email: email.toUpperCase() }),
      ),
    ).toBeUndefined();
    expect(await open(workspace)).toEqual([]);
  });

  it('let one in, however many come at once', async () => {
    const workspace = await createWorkspace(database());
    const { tokenHash } = await invite(workspace);
    const people = await Promise.all([1, 2, 3, 4].map(() => createPerson(database())));
    const results = await Promise.all([
      ...people.map(({ id }) => finder((f) => f.accept(tokenHash, id))),
      ...[1, 2].map(() => finder((f) => f.signUp(tokenHash, account()))),
    ]);
    expect(results.map(({ kind }) => kind).toSorted()).toEqual([
      ...['accepted', 'invalid', 'invalid', 'invalid', 'invalid', 'invalid'],
    ]);
    expect(await database().asSystem(({ members }) => members.list(workspace))).toHaveLength(2);
    expect(await open(workspace)).toEqual([]);
  });

  it('open nothing when unknown, expired, revoked, or of a deleted workspace', async () => {
    const workspace = await createWorkspace(database());
    const gone = await createWorkspace(database());
    const expired = await invite(workspace, { expiresAt: new Date(Date.now() - 1) });
    const revoked = await invite(workspace);
    await database().inWorkspace(workspace, ({ invitations }) => invitations.revoke(revoked.id));
    const lost = await invite(gone, { email: 'lost@example.com' });
    await database().asSystem(({ workspaces }) => workspaces.remove(gone, 'Test'));
    const { id } = await createPerson(database());
    for (const tokenHash of ['unknown', expired.tokenHash, revoked.tokenHash, lost.tokenHash]) {
      expect(await finder((f) => f.find(tokenHash))).toBeUndefined();
      expect(await finder((f) => f.accept(tokenHash, id))).toEqual({ kind: 'invalid' });
      expect(await finder((f) => f.signUp(tokenHash, account()))).toEqual({ kind: 'invalid' });
    }
    expect(await finder((f) => f.findFor('lost@example.com'))).toEqual([]);
    const caios =
      await database().sql.query(`select id from users where name = 'Caio' and password_hash = 'hash'
      and not exists (select from memberships where "user" = users.id)`);
    expect(caios).toEqual([]);
  });

  it('to an address serve that address alone, verified, and stay good for it', async () => {
    const workspace = await createWorkspace(database());
    const unverified = await createPerson(database(), { verified: false });
    const other = await createPerson(database());
    const { tokenHash } = await invite(workspace, { email: unverified.email });
    for (const { id } of [other, unverified])
      expect(await finder((f) => f.accept(tokenHash, id))).toEqual({ kind: 'another-address' });
    expect(await finder((f) => f.signUp(tokenHash, account()))).toEqual({ kind: 'another-address' });
    expect(
      await finder((f) => f.signUp(tokenHash, { ...account(), email: unverified.email.toUpperCase() })),
    ).toEqual({ kind: 'email-taken' });
    expect(await roleIn(workspace, unverified.id)).toBeUndefined();
    await database().sql.query('update users set email_verified_at = now() where id = $1', [unverified.id]);
    expect(await finder((f) => f.accept(tokenHash, unverified.id))).toMatchObject({
      kind: 'accepted',
      invitation: { workspace, role: 'builder', user: unverified.id },
    });
    expect(await roleIn(workspace, unverified.id)).toBe('builder');
  });

  it('are not used up by a member, nor change what they are', async () => {
    const workspace = await createWorkspace(database());
    const owner = await ownerOf(database(), workspace);
    const { tokenHash, made } = await invite(workspace, { role: 'viewer' });
    expect(await finder((f) => f.accept(tokenHash, owner))).toEqual({ kind: 'already-member' });
    expect(await roleIn(workspace, owner)).toBe('owner');
    expect(await open(workspace)).toEqual([made]);
  });

  it('make accounts: verified by the mail that the token came in, unverified by a link', async () => {
    const workspace = await createWorkspace(database());
    for (const mailed of [true, false]) {
      const { email, ...rest } = account();
      const { tokenHash } = await invite(workspace, mailed ? { email } : {});
      const result = await finder((f) => f.signUp(tokenHash, { ...rest, email: email.toUpperCase() }));
      if (result.kind !== 'accepted') throw new Error(result.kind);
      expect(await database().asSystem(({ accounts }) => accounts.findByEmail(email))).toMatchObject({
        id: result.invitation.user,
        name: 'Caio',
        email: email.toLowerCase(),
        emailVerified: mailed,
      });
      expect(await roleIn(workspace, result.invitation.user)).toBe('builder');
    }
  });
});
