import { expect, it } from '@jest/globals';
import { entities, Setting } from './entities/index.ts';
import { systemRole } from './rls/roles.ts';
import { describeDatabases } from './testing/describe-databases.ts';

describeDatabases('The database', (database, driver) => {
  const forkAsSystem = () => database().orm.em.fork({ session: { role: systemRole } });

  it('has migrations that make what the entities say', async () => {
    const difference = await driver().asOwner((owner) => owner.schema.getUpdateSchemaSQL({ wrap: false }));
    expect(difference).toBe('');
  });

  it('migrates again without doing anything', async () => {
    const executed = () => driver().asOwner((owner) => owner.migrator.getExecuted());
    const before = await executed();
    expect(before.length).toBeGreaterThan(2);
    await database().migrate();
    expect(await executed()).toEqual(before);
  });

  it('has pgvector', async () => {
    const [row] = await database().sql.query<{ distance: number }>(
      `select '[1,2,3]'::vector <-> '[1,2,5]'::vector as distance`,
    );
    expect(row?.distance).toBe(2);
  });

  it('names a workspace in every table but those of the instance', () => {
    const ofPeople = ['users', 'identities', 'login_tokens', 'recovery_codes', 'sessions'];
    const ofInstance = ['workspaces', 'settings', 'bus_messages', 'rate_limits', 'watermarks', ...ofPeople];
    const without = entities
      .map((entity) => entity.meta)
      .filter((meta) => !('workspace' in meta.properties))
      .map((meta) => meta.tableName);
    expect(without.toSorted()).toEqual(ofInstance.toSorted());
  });

  it('takes back a transaction that fails, and nothing else', async () => {
    const failing = database().sql.transaction(async (inside) => {
      await inside.query(`insert into settings (key, value, updated_at) values ('inside', '1', now())`);
      throw new Error('changed my mind');
    });
    const beside = database().sql.query(
      `insert into settings (key, value, updated_at) values ('beside', '2', now())`,
    );
    await expect(failing).rejects.toThrow('changed my mind');
    await beside;
    expect(await database().sql.query(`select key from settings where key in ('inside', 'beside')`)).toEqual([
      { key: 'beside' },
    ]);
  });

  it("keeps the ORM's statements out of another caller's transaction", async () => {
    const begun = Promise.withResolvers<void>();
    const mayEnd = Promise.withResolvers<void>();
    const failing = forkAsSystem().transactional(async (inside) => {
      await inside.insert(Setting, { key: 'lost', value: 1, updatedAt: new Date() });
      begun.resolve();
      await mayEnd.promise;
      throw new Error('rolled back');
    });
    await begun.promise;
    const beside = forkAsSystem().insert(Setting, { key: 'kept', value: 1, updatedAt: new Date() });
    mayEnd.resolve();
    await expect(failing).rejects.toThrow('rolled back');
    await beside;
    const keys = (await forkAsSystem().find(Setting, { key: { $in: ['lost', 'kept'] } })).map(
      (row) => row.key,
    );
    expect(keys).toEqual(['kept']);
  });
});
