import { expect, it } from '@jest/globals';
import { describeDatabases } from '../testing/describe-databases.ts';
import { createWorkspace } from '../testing/fixtures.ts';

describeDatabases('Idempotency keys', (database) => {
  it('are forgotten after 24 hours, in every workspace, however many there are', async () => {
    const workspaces = [await createWorkspace(database()), await createWorkspace(database())];
    const begin = (workspace: string, key: string, hash = 'hash') =>
      database().inWorkspace(workspace, ({ idempotencyKeys }) => idempotencyKeys.begin(key, hash));
    const removeOld = () => database().asSystem(({ idempotencyKeys }) => idempotencyKeys.removeOld());
    const [first = '', second = ''] = workspaces;
    for (const workspace of workspaces) {
      await begin(workspace, 'old');
      await begin(workspace, 'young');
    }
    await database().sql.query(
      `insert into idempotency_keys (workspace, key, request_hash, created_at)
       select $1, 'many-' || n, 'hash', now() - interval '2 days' from generate_series(1, 2500) n`,
      [first],
    );
    await database().sql.query(
      `update idempotency_keys set created_at = now() - case key when 'old' then interval '25 hours' else interval '23 hours' end
       where key in ('old', 'young')`,
    );
    expect(await removeOld()).toBe(2_502);
    expect(await removeOld()).toBe(0);
    for (const workspace of [first, second]) {
      expect(await begin(workspace, 'old', 'another request')).toEqual({ kind: 'begun' });
      expect(await begin(workspace, 'young', 'another request')).toEqual({ kind: 'conflict' });
    }
  });
});
