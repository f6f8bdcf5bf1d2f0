import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createDatabase } from '../database.ts';
import { silent } from '../log.ts';
import { describeDatabases } from '../testing/describe-databases.ts';
import { createWorkspace } from '../testing/fixtures.ts';
import { createMasterKeys } from './master-keys.ts';
import { renewDataKeys, rewrapDataKeys } from './rotate.ts';
import { sealText } from './sealed-text.ts';
import { createVault } from './vault.ts';

const newKey = () => randomBytes(32).toString('base64');
const context = { purpose: 'credential', id: 'c1' };
const secret = 'sk_live_äöü"\\ 7f3a9c';

describeDatabases('The vault', (database, driver) => {
  const keys = (current: string, previous?: string) =>
    createMasterKeys({ current, previous, folder: undefined, log: silent });
  const parts = (masterKeys = keys(newKey())) => {
    const { systemSql: system, workspaceSql } = driver();
    const vault = createVault({ masterKeys, system, workspaceSql });
    return { masterKeys, system, workspaceSql, vault };
  };

  it('gives back what it sealed, to another process too, and never the same text twice', async () => {
    const workspace = await createWorkspace(database());
    const master = newKey();
    const one = parts(keys(master)).vault.ofWorkspace(workspace);
    const [a, b] = await Promise.all([one.seal(secret, context), one.seal(secret, context)]);
    expect(a).toMatch(/^v1\.1\.[\w-]{16}\.[\w-]+$/);
    expect(a).not.toBe(b);
    const other = parts(keys(master)).vault.ofWorkspace(workspace);
    expect([await other.open(a, context), await other.open(b, context)]).toEqual([secret, secret]);
    expect(await one.open(await one.seal('', context), context)).toBe('');
  });

  it('makes one data key though many ask for the first at once', async () => {
    const workspace = await createWorkspace(database());
    const master = keys(newKey());
    const processes = Array.from({ length: 5 }, () => parts(master).vault.ofWorkspace(workspace));
    const sealed = await Promise.all(processes.map((seals) => seals.seal(secret, context)));
    const reader = parts(master).vault.ofWorkspace(workspace);
    for (const text of sealed) expect(await reader.open(text, context)).toBe(secret);
    const rows = await driver().systemSql.query('select version from data_keys where workspace = $1', [
      workspace,
    ]);
    expect(rows).toEqual([{ version: 1 }]);
  });

  it('opens nothing that was changed, moved to another row or purpose, or to another workspace', async () => {
    const { vault } = parts();
    const [home, foreign] = [await createWorkspace(database()), await createWorkspace(database())];
    const seals = vault.ofWorkspace(home);
    const sealed = await seals.seal(secret, context);
    await vault.ofWorkspace(foreign).seal('x', context);
    const refused = { code: 'not-authentic' };
    await expect(seals.open(sealed, { ...context, id: 'c2' })).rejects.toMatchObject(refused);
    await expect(seals.open(sealed, { ...context, purpose: 'variable' })).rejects.toMatchObject(refused);
    await expect(vault.ofWorkspace(foreign).open(sealed, context)).rejects.toMatchObject(refused);
    await expect(vault.ofInstance.open(sealed, context)).rejects.toMatchObject(refused);
    const [version, number, iv, body = ''] = sealed.split('.');
    const flipped = (text: string) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1);
    for (const bad of [
      [version, number, iv, flipped(body)],
      [version, number, flipped(iv ?? ''), body],
      [version, '2', iv, body],
      [version, number, iv, body.slice(0, -4)],
      ['v2', number, iv, body],
      [secret],
    ])
      await expect(seals.open(bad.join('.'), context)).rejects.toMatchObject(refused);
  });

  it('needs the right master key, and says which one is missing', async () => {
    const workspace = await createWorkspace(database());
    const right = keys(newKey());
    const sealed = await parts(right).vault.ofWorkspace(workspace).seal(secret, context);
    const wrong = parts(keys(newKey())).vault.ofWorkspace(workspace);
    await expect(wrong.open(sealed, context)).rejects.toThrow(right.current().fingerprint);
    // A key that claims to be the right one does not open what it did not seal.
    const liar = { current: () => right.current(), find: () => ({ fingerprint: '', key: randomBytes(32) }) };
    await expect(parts(liar).vault.ofWorkspace(workspace).open(sealed, context)).rejects.toMatchObject({
      code: 'not-authentic',
    });
    const none = createMasterKeys({ folder: undefined, log: silent });
    await expect(parts(none).vault.ofWorkspace(workspace).seal(secret, context)).rejects.toThrow(
      'HIVIEX_MASTER_KEY is not set',
    );
  });

  it('keeps no plaintext in the database, not even of a key', async () => {
    const workspace = await createWorkspace(database());
    const { id } = await credentialOf(workspace);
    await database().inWorkspace(workspace, ({ variables }) =>
      variables.put({ name: 'TOKEN', value: secret, secret: true }),
    );
    for (const table of ['credentials', 'variables', 'data_keys', 'settings']) {
      const rows = JSON.stringify(await driver().systemSql.query(`select * from ${table}`));
      for (const form of [
        secret,
        JSON.stringify(secret).slice(1, -1),
        Buffer.from(secret).toString('base64url'),
      ])
        expect({ table, holds: rows.includes(form) }).toEqual({ table, holds: false });
    }
    const opened = await database().inWorkspace(workspace, ({ credentials }) => credentials.open(id));
    expect(opened?.secrets).toEqual({ token: secret });
  });

  const credentialOf = async (workspace: string, name = 'Stripe') => {
    const saved = await database().inWorkspace(workspace, ({ credentials }) =>
      credentials.create({ name, type: 'bearer', fields: {}, secrets: { token: secret } }),
    );
    if (saved.kind !== 'saved') throw new Error(saved.kind);
    return saved.credential;
  };

  describe('rotation', () => {
    it('moves every data key to a new master key while the former one still opens', async () => {
      const workspace = await createWorkspace(database());
      // Others' keys of the tests above were sealed by keys that are gone.
      await driver().systemSql.query('delete from data_keys where workspace <> $1', [workspace]);
      await driver().systemSql.query(`delete from settings where key like 'instance-key:%'`);
      const [former, current] = [newKey(), newKey()];
      const before = parts(keys(former));
      const sealed = await before.vault.ofWorkspace(workspace).seal(secret, context);
      const totp = await before.vault.ofInstance.seal(secret, { purpose: 'totp', id: 'u1' });

      const during = parts(keys(current, former));
      expect(await during.vault.ofWorkspace(workspace).open(sealed, context)).toBe(secret);
      expect(await rewrapDataKeys(during)).toBe(2);
      expect(await rewrapDataKeys(during)).toBe(0);

      const after = parts(keys(current));
      expect(await after.vault.ofWorkspace(workspace).open(sealed, context)).toBe(secret);
      expect(await after.vault.ofInstance.open(totp, { purpose: 'totp', id: 'u1' })).toBe(secret);
      const late = parts(keys(former)).vault.ofWorkspace(workspace);
      await expect(late.open(sealed, context)).rejects.toMatchObject({ code: 'unknown-master-key' });
    });

    it('seals everything anew with new data keys, while others write', async () => {
      await driver().systemSql.query('delete from data_keys');
      await driver().systemSql.query('delete from credentials');
      await driver().systemSql.query('delete from variables');
      await driver().systemSql.query(`delete from settings where key like 'instance-key:%'`);
      const workspaces = [await createWorkspace(database()), await createWorkspace(database())];
      // A database of its own, whose keys this test can hand to the rotation.
      const rotation = parts();
      const db = createDatabase(driver(), { masterKeys: rotation.masterKeys });
      const [home = '', other = ''] = workspaces;
      for (let n = 0; n < 25; n++)
        for (const workspace of workspaces) {
          await db.inWorkspace(workspace, ({ credentials, variables }) =>
            Promise.all([
              credentials.create({
                name: `c${n}`,
                type: 'bearer',
                fields: {},
                secrets: { token: `before ${n}` },
              }),
              variables.put({ name: `v${n}`, value: `before ${n}`, secret: n % 2 === 0 }),
            ]),
          );
        }
      const list = await db.inWorkspace(home, ({ credentials }) => credentials.list());
      const busy = async () => {
        for (const { id, name } of list) {
          for (;;) {
            const saved = await db.inWorkspace(home, async ({ credentials }) => {
              const opened = await credentials.open(id);
              if (!opened) throw new Error('gone');
              return credentials.save({ ...opened, secrets: { token: `after ${name}` } });
            });
            if (saved.kind === 'saved') break;
          }
        }
      };
      const [renewal] = await Promise.all([renewDataKeys({ ...rotation, vault: db.vault }), busy()]);
      expect(renewal.broken).toEqual([]);
      // What was saved meanwhile by a process that did not know the new key yet.
      const rest = await renewDataKeys({ ...rotation, vault: createDatabase(driver(), rotation).vault });
      expect(rest.broken).toEqual([]);

      for (const { id, name } of list) {
        const opened = await db.inWorkspace(home, ({ credentials }) => credentials.open(id));
        expect(opened?.secrets).toEqual({ token: `after ${name}` });
      }
      const values = await db.inWorkspace(other, ({ variables }) => variables.reveal(['v0', 'v1', 'v24']));
      expect([...values]).toEqual([
        ['v0', 'before 0'],
        ['v24', 'before 24'],
      ]);
      const old = await driver().systemSql.query(
        `select id from credentials where sealed like 'v1.1.%' union all select name from variables where secret and value like 'v1.1.%'`,
      );
      expect(old).toEqual([]);
    });

    it('goes on where it was interrupted, without a second new key, and past what does not open', async () => {
      await driver().systemSql.query('delete from data_keys');
      await driver().systemSql.query('delete from credentials');
      await driver().systemSql.query('delete from variables');
      const rotation = parts();
      const db = createDatabase(driver(), rotation);
      const workspace = await createWorkspace(database());
      for (const name of ['A', 'B', 'C'])
        await db.inWorkspace(workspace, ({ variables }) =>
          variables.put({ name, value: name, secret: true }),
        );
      await driver().systemSql.query(`update variables set value = $1 where name = 'B'`, [
        sealText(randomBytes(32), 1, 'B', ['elsewhere']),
      ]);
      // It dies at its first sealed row: by then the new data key is there.
      const dies = {
        ...db.vault,
        ofWorkspace: () => ({
          open: async () => 'x',
          seal: async () => {
            throw new Error('killed');
          },
        }),
      };
      await expect(renewDataKeys({ ...rotation, vault: dies })).rejects.toThrow('killed');
      const fresh = createDatabase(driver(), rotation);
      expect(await renewDataKeys({ ...rotation, vault: fresh.vault })).toEqual({
        sealed: 2,
        broken: ['variables B'],
      });
      const versions = await driver().systemSql.query<{ version: number }>(
        'select version from data_keys where workspace = $1 order by version',
        [workspace],
      );
      expect(versions.map(({ version }) => version)).toEqual([1, 2]);
      const values = await fresh.inWorkspace(workspace, ({ variables }) => variables.reveal(['A', 'C']));
      expect([...values.values()]).toEqual(['A', 'C']);
    });
  });
});

describe('The master key of an embedded instance', () => {
  it('is made once, for its owner only, and found again', () => {
    const folder = mkdtempSync(join(tmpdir(), 'hiviex-vault-'));
    const said: object[] = [];
    const log = { ...silent, warn: (facts: object) => void said.push(facts) };
    try {
      const made = createMasterKeys({ folder, log }).current();
      const file = join(folder, 'master.key');
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(readFileSync(file, 'utf8').trim()).toBe(made.key.toString('base64'));
      expect(createMasterKeys({ folder, log }).current()).toEqual(made);
      expect(said).toEqual([{ file }]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('has to be 32 bytes', () => {
    const short = Buffer.alloc(16).toString('base64');
    expect(() => createMasterKeys({ current: short, folder: undefined, log: silent })).toThrow(
      'HIVIEX_MASTER_KEY has to be 32 bytes',
    );
  });
});
