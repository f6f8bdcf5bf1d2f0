import { beforeAll, expect, it } from '@jest/globals';
import { describeDatabases } from '../testing/describe-databases.ts';
import { createWorkspace } from '../testing/fixtures.ts';
import type { IdempotencyKeysRepository } from './idempotency-keys.ts';
import type { SystemRepositories } from './index.ts';

describeDatabases('Accounts, sessions, keys and settings', (database) => {
  const system = <T>(work: (repositories: SystemRepositories) => Promise<T>) => database().asSystem(work);
  let workspace: string;
  let user: string;

  beforeAll(async () => {
    expect(await system(({ accounts }) => accounts.anyUser())).toBe(false);
    const result = await system(({ accounts }) =>
      accounts.createOwner({
        email: 'Ana@Example.com',
        name: 'Ana',
        passwordHash: 'hash',
        workspace: 'Acme',
      }),
    );
    if (result.kind !== 'created') throw new Error(result.kind);
    workspace = result.workspace.id;
    user = result.user.id;
  });

  it('makes an owner with a workspace, once per e-mail', async () => {
    expect(await system(({ accounts }) => accounts.anyUser())).toBe(true);
    expect(await system(({ accounts }) => accounts.findByEmail(' ANA@example.com '))).toEqual({
      id: user,
      email: 'ana@example.com',
      name: 'Ana',
      passwordHash: 'hash',
      emailVerified: true,
      secondFactor: false,
      disabled: false,
    });
    expect(await system(({ accounts }) => accounts.workspacesOf(user))).toEqual([
      { id: workspace, name: 'Acme', role: 'owner' },
    ]);
    expect(
      await system(({ accounts }) =>
        accounts.createOwner({ email: 'ana@example.com', name: 'B', passwordHash: 'x', workspace: 'B' }),
      ),
    ).toEqual({ kind: 'email-taken' });
    expect(await system(({ accounts }) => accounts.firstWorkspace())).toEqual({
      id: workspace,
      name: 'Acme',
    });
    const foreign = await createWorkspace(database());
    expect(await system(({ accounts }) => accounts.isMember(user, workspace))).toBe(true);
    expect(await system(({ accounts }) => accounts.isMember(user, foreign))).toBe(false);
  });

  it('finds a session until it is revoked or expires', async () => {
    const idle = { idleSeconds: 3_600 };
    const expiresAt = new Date(Date.now() + 60_000);
    const common = { user, workspace, method: 'password', device: 'Firefox' };
    const live = await system(({ sessions }) => sessions.create({ ...common, tokenHash: 'live', expiresAt }));
    const old = await system(({ sessions }) =>
      sessions.create({ ...common, tokenHash: 'old', expiresAt: new Date(Date.now() - 1) }),
    );
    expect(await system(({ sessions }) => sessions.find('live', idle))).toMatchObject({
      id: live.id,
      user,
      workspace,
      role: 'owner',
      expiresAt: expiresAt.toISOString(),
    });
    expect(await system(({ sessions }) => sessions.find('old', idle))).toBeUndefined();
    expect((await system(({ sessions }) => sessions.list(user, idle))).map(({ id }) => id)).toEqual([
      live.id,
    ]);
    expect(await system(({ sessions }) => sessions.removeExpired(idle))).toEqual([old.id]);
    expect(await system(({ sessions }) => sessions.revoke('live'))).toEqual([live.id]);
    expect(await system(({ sessions }) => sessions.find('live', idle))).toBeUndefined();
    expect(await system(({ sessions }) => sessions.revoke('live'))).toEqual([]);
  });

  it('ensures an API key once, and forgets it when it is removed', async () => {
    const input = {
      keyHash: 'abc',
      prefix: 'hvx_1234',
      name: 'From the environment',
      role: 'admin' as const,
      workspace,
    };
    const first = await system(({ apiKeys }) => apiKeys.ensure(input));
    expect(await system(({ apiKeys }) => apiKeys.ensure({ ...input, name: 'Other' }))).toEqual(first);
    expect(first).toMatchObject({ workspace, prefix: 'hvx_1234', name: 'From the environment' });
    expect(first.lastUsedAt).toBeUndefined();
    await system(({ apiKeys }) => apiKeys.touch(first.id));
    const used = await system(({ apiKeys }) => apiKeys.find('abc'));
    expect(used?.lastUsedAt).toBeDefined();
    await system(({ apiKeys }) => apiKeys.touch(first.id));
    expect(await system(({ apiKeys }) => apiKeys.find('abc'))).toEqual(used);
    const foreign = await createWorkspace(database());
    expect(await database().inWorkspace(foreign, ({ apiKeys }) => apiKeys.remove(first.id))).toBeUndefined();
    expect(await database().inWorkspace(workspace, ({ apiKeys }) => apiKeys.remove(first.id))).toMatchObject({
      id: first.id,
    });
    expect(await system(({ apiKeys }) => apiKeys.find('abc'))).toBeUndefined();
  });

  it('keeps settings of every JSON kind', async () => {
    for (const value of ['text', 7, true, { nested: ['x'] }, [1, 2]]) {
      await system(({ settings }) => settings.set('fact', value));
      expect(await system(({ settings }) => settings.get('fact'))).toEqual(value);
    }
    await system(({ settings }) => settings.remove('fact'));
    expect(await system(({ settings }) => settings.get('fact'))).toBeUndefined();
  });

  it('lets one request of an idempotency key do the work', async () => {
    const keys = <T>(work: (repository: IdempotencyKeysRepository) => Promise<T>) =>
      database().inWorkspace(workspace, ({ idempotencyKeys }) => work(idempotencyKeys));
    const both = await Promise.all([
      keys((k) => k.begin('key', 'hash')),
      keys((k) => k.begin('key', 'hash')),
    ]);
    expect(both.map((result) => result.kind).toSorted()).toEqual(['begun', 'in-progress']);
    expect(await keys((k) => k.begin('key', 'another request'))).toEqual({ kind: 'conflict' });
    const answer = { status: 201, body: { id: 'x' } };
    await keys((k) => k.finish('key', answer));
    expect(await keys((k) => k.begin('key', 'hash'))).toEqual({ kind: 'finished', answer });
    expect(await keys((k) => k.begin('given up', 'hash'))).toEqual({ kind: 'begun' });
    await keys((k) => k.abandon('given up'));
    expect(await keys((k) => k.begin('given up', 'hash'))).toEqual({ kind: 'begun' });
    await database().sql.query(
      `update idempotency_keys set created_at = now() - interval '2 minutes' where key = 'given up'`,
    );
    expect(await keys((k) => k.begin('given up', 'hash'))).toEqual({ kind: 'begun' });
  });
});
