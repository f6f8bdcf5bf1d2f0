import { expect, it } from '@jest/globals';
import { describeDatabases } from '../testing/describe-databases.ts';
import type { UserRecord } from './accounts.ts';
import type { SystemRepositories } from './index.ts';

describeDatabases('Identities, passwords, second factors and mailed links', (database) => {
  const system = <T>(work: (repositories: SystemRepositories) => Promise<T>) => database().asSystem(work);
  const user = async (email: string, emailVerified = true): Promise<UserRecord> =>
    (await system(({ accounts }) =>
      accounts.createUser({ email, name: 'Ana', passwordHash: 'hash', emailVerified }),
    ))!;
  const row = async (id: string) =>
    (await database().sql.query<Record<string, unknown>>('select * from users where id = $1', [id]))[0];
  const rules = { tries: 3, firstSeconds: 60, longestSeconds: 240 };

  it('makes the first owner once, however many come at once', async () => {
    const input = { passwordHash: 'hash', workspace: 'Acme' };
    const made = await Promise.all(
      ['a@example.com', 'B@example.com', 'c@example.com'].map((email) =>
        system(({ accounts }) => accounts.createFirstOwner({ email, ...input })),
      ),
    );
    const owners = made.filter((owner) => owner !== undefined);
    expect(owners).toHaveLength(1);
    const workspaces = await system(({ accounts }) => accounts.workspacesOf(owners[0]!.user));
    expect(workspaces).toEqual([{ id: owners[0]!.workspace, name: 'Acme', role: 'owner' }]);
    expect(await system(({ accounts }) => accounts.ensureFirstWorkspace('Other'))).toMatchObject({
      name: 'Acme',
    });
  });

  it('lets a proven address in: known, new where that is allowed, or not at all', async () => {
    const known = await user('dora@example.com');
    const identity = { provider: 'acme', subject: 'dora' };
    const enter = (email: string, mayJoin: boolean) =>
      system(({ identities }) => identities.enter({ email, name: 'Dora', identity, mayJoin }));

    expect(await enter('new@example.com', false)).toEqual({ kind: 'not-admitted' });
    expect(await system(({ identities }) => identities.find(identity))).toBeUndefined();
    expect(await enter('Dora@Example.com', true)).toEqual({
      ...{ kind: 'entered', user: known, joined: false, linked: true, verified: false },
      ended: { sessions: [], keys: [] },
    });
    expect(await system(({ identities }) => identities.find(identity))).toEqual(known);

    const other = { provider: 'acme', subject: 'eva' };
    const joins = await Promise.all(
      [1, 2].map(() =>
        system(({ identities }) =>
          identities.enter({ email: 'eva@example.com', name: 'Eva', identity: other, mayJoin: true }),
        ),
      ),
    );
    expect(joins.map((join) => join.kind === 'entered' && join.joined).toSorted()).toEqual([false, true]);
  });

  it('takes from an account that was never proven whatever opened it', async () => {
    const { id, email } = await user('flora@example.com', false);
    const taken = { provider: 'acme', subject: 'of the one before' };
    await database().sql.query(
      `insert into identities (provider, subject, "user", created_at) values ('acme', 'of the one before', $1, now())`,
      [id],
    );
    await system(async ({ secondFactors }) => {
      await secondFactors.begin(id, 'sealed');
      await secondFactors.confirm(id, { secret: 'sealed', step: 1, codeHashes: ['x'] });
    });
    const session = await system(({ sessions }) =>
      sessions.create({
        tokenHash: 'f',
        user: id,
        method: 'password',
        device: '',
        expiresAt: new Date(Date.now() + 60_000),
      }),
    );
    const home = await system(({ accounts }) => accounts.ensureFirstWorkspace('Acme'));
    await database().sql.query(
      `insert into memberships ("user", workspace, role, created_at) values ($1, $2, 'builder', now())`,
      [id, home.id],
    );
    const keyOf = (user: string, keyHash: string) =>
      database().inWorkspace(home.id, ({ apiKeys }) =>
        apiKeys.create({ keyHash, prefix: 'hvx_p_', name: 'Left behind', user, role: 'builder' }),
      );
    const key = await keyOf(id, 'key of flora');
    const entered = await system(({ identities }) => identities.enter({ email, name: '', mayJoin: false }));
    expect(entered).toMatchObject({
      ...{ kind: 'entered', verified: true, ended: { sessions: [session.id], keys: [key.id] } },
      user: { id, passwordHash: null, secondFactor: false, emailVerified: true },
    });
    expect(await row(id)).toMatchObject({ password_hash: null, totp_secret: null, totp_confirmed_at: null });
    expect(await system(({ identities }) => identities.find(taken))).toBeUndefined();
    expect(await system(({ apiKeys }) => apiKeys.find('key of flora'))).toBeUndefined();
    expect(await system(({ secondFactors }) => secondFactors.countRecoveryCodes(id))).toBe(0);
  });

  it('opens no session by a password or without a second factor that is not any more', async () => {
    const { id } = await user('ida@example.com');
    await system(({ passwords }) => passwords.set(id, 'old', { unlock: false }));
    let count = 0;
    const open = (passwordHash: string, secondFactor = false) =>
      system(({ sessions }) =>
        sessions.createBy(
          { passwordHash, secondFactor },
          {
            ...{ tokenHash: `ida ${count++}`, user: id, method: 'password', device: '' },
            expiresAt: new Date(Date.now() + 60_000),
          },
        ),
      );
    const idle = { idleSeconds: 3_600 };
    expect(await open('old')).toMatchObject({ user: id });
    // However many come while it changes: those before are found by who ends them, those after are none.
    const openings = Array.from({ length: 20 }, () => open('old'));
    await system(({ passwords }) => passwords.set(id, 'new', { unlock: false }));
    await system(({ sessions }) => sessions.revokeOthers(id));
    await Promise.all(openings);
    expect(await system(({ sessions }) => sessions.list(id, idle))).toEqual([]);
    expect(await open('new')).toBeDefined();
    await system(async ({ secondFactors }) => {
      await secondFactors.begin(id, 'sealed');
      await secondFactors.confirm(id, { secret: 'sealed', step: 1, codeHashes: [] });
    });
    expect(await open('new')).toBeUndefined();
    expect(await open('new', true)).toBeDefined();
  });

  it('locks for longer each time, counts nothing while it does, and doubles no further than the longest', async () => {
    const { id } = await user('gil@example.com');
    const fail = () => system(({ passwords }) => passwords.countFailure(id, rules));
    const lockedFor = async () => {
      const [found] = await database().sql.query<{ seconds: number }>(
        'select round(extract(epoch from locked_until - now()))::int as seconds from users where id = $1',
        [id],
      );
      await database().sql.query(
        `update users set locked_until = now() - interval '1 second' where id = $1`,
        [id],
      );
      return found?.seconds;
    };
    expect([await fail(), await fail()]).toEqual([{ lockedUntil: undefined }, { lockedUntil: undefined }]);
    expect((await fail())?.lockedUntil).toBeDefined();
    expect(await fail()).toBeUndefined();
    expect(await system(({ passwords }) => passwords.isLocked(id))).toBe(true);
    const seconds: unknown[] = [await lockedFor()];
    for (const _ of [1, 2, 3, 4]) {
      await fail();
      seconds.push(await lockedFor());
    }
    for (const [position, most] of [60, 120, 240, 240, 240].entries()) {
      expect(seconds[position]).toBeLessThanOrEqual(most);
      expect(seconds[position]).toBeGreaterThan(most - 20);
    }
    await database().sql.query('update users set failed_sign_ins = 2000000000 where id = $1', [id]);
    await fail();
    expect(await lockedFor()).toBeLessThanOrEqual(240);
    await system(({ passwords }) => passwords.forgive(id));
    expect(await row(id)).toMatchObject({ failed_sign_ins: 0, locked_until: null });
  });

  it('takes each time step, recovery code and mailed link once', async () => {
    const { id } = await user('hana@example.com');
    await system(async ({ secondFactors }) => {
      expect(await secondFactors.begin(id, 'first')).toBe(true);
      expect(await secondFactors.begin(id, 'second')).toBe(true);
      expect(await secondFactors.takeStep(id, 5)).toBe(false);
      expect(await secondFactors.confirm(id, { secret: 'first', step: 5, codeHashes: [] })).toBe(false);
      expect(await secondFactors.confirm(id, { secret: 'second', step: 5, codeHashes: ['a', 'b'] })).toBe(
        true,
      );
      expect(await secondFactors.begin(id, 'third')).toBe(false);
      expect(await secondFactors.takeStep(id, 5)).toBe(false);
      const steps = await Promise.all([1, 2, 3].map(() => secondFactors.takeStep(id, 6)));
      expect(steps.toSorted()).toEqual([false, false, true]);
      const codes = await Promise.all([1, 2].map(() => secondFactors.takeRecoveryCode(id, 'a')));
      expect(codes.toSorted()).toEqual([false, true]);
      expect(await secondFactors.countRecoveryCodes(id)).toBe(1);
      expect(await secondFactors.remove(id)).toBe(true);
      expect(await secondFactors.remove(id)).toBe(false);
    });
    const link = { purpose: 'reset-password', email: 'Hana@example.com' } as const;
    const limit = { most: 5, seconds: 60 };
    await system(async ({ loginTokens }) => {
      await loginTokens.create({ ...link, tokenHash: 't', expiresAt: new Date(Date.now() + 60_000) }, limit);
      await loginTokens.create({ ...link, tokenHash: 'late', expiresAt: new Date(Date.now() - 1) }, limit);
      expect(await loginTokens.countRecent('hana@example.com', 'reset-password', 60)).toBe(2);
      expect(await loginTokens.use('t', 'verify-email')).toBeUndefined();
      const uses = await Promise.all([1, 2, 3].map(() => loginTokens.use('t', 'reset-password')));
      expect(uses.filter(Boolean)).toMatchObject([{ email: 'hana@example.com' }]);
      expect(await loginTokens.use('late', 'reset-password')).toBeUndefined();
    });
  });

  it('keeps no more links for an address than its limit, however many are asked for at once', async () => {
    const create = (email: string, token: number, purpose: 'magic-link' | 'verify-email' = 'magic-link') =>
      system(({ loginTokens }) =>
        loginTokens.create(
          {
            tokenHash: `${email} ${purpose} ${token}`,
            purpose,
            email,
            expiresAt: new Date(Date.now() + 60_000),
          },
          { most: 3, seconds: 60 },
        ),
      );
    const tokens = Array.from({ length: 12 }, (_, index) => index);
    const kept = await Promise.all(
      tokens.map((token) => create(token % 2 ? 'Iva@example.com' : 'iva@example.com', token)),
    );
    expect(kept.filter(Boolean)).toHaveLength(3);
    expect(await create('iva@example.com', 0, 'verify-email')).toBe(true);
    expect(await create('joe@example.com', 0)).toBe(true);
    await database().sql.query(
      `update login_tokens set created_at = created_at - interval '61 seconds' where email like 'iva%'`,
    );
    expect(await create('iva@example.com', 99)).toBe(true);
  });

  it('keeps a secret that two make at once as one', async () => {
    const kept = await Promise.all(
      ['one', 'two', 'three'].map((value) => system(({ settings }) => settings.ensure('secret', value))),
    );
    expect(new Set(kept).size).toBe(1);
    expect(await system(({ settings }) => settings.ensure('secret', 'later'))).toBe(kept[0]);
  });
});
