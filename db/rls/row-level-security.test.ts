import { beforeAll, expect, it } from '@jest/globals';
import { ulid } from 'ulid';
import { describeDatabases } from '../testing/describe-databases.ts';
import { createWorkspace, runHeader } from '../testing/fixtures.ts';
import { systemRole, tenantRole } from './roles.ts';

/**
 * What tenants may do with tables other than a workspace's, which they may read, add to, change and delete from. A table that is
 * neither here nor has a column `workspace` is not for tenants.
 */
const exceptions: Record<string, string[]> = {
  workspaces: ['SELECT', 'UPDATE'],
  audit_events: ['INSERT', 'SELECT'],
  // Three columns of `users`, which is no right on the table.
  users: [],
};
const columnsOfUsers = ['email', 'id', 'name'];
const all = ['DELETE', 'INSERT', 'SELECT', 'UPDATE'];
const restricted = `nullif(current_setting('app.workspace'::text, true), ''::text)`;

interface Table {
  name: string;
  of_workspaces: boolean;
  enabled: boolean;
  forced: boolean;
  tenant_may: string[];
  system_may: string[];
  policies: { name: string; roles: string[]; using: string; check: string; command: string }[];
}

describeDatabases(
  'Row-level security',
  (database, driver) => {
    let tables: Table[];
    let home: string;
    let foreign: string;

    beforeAll(async () => {
      tables = await database().sql.query<Table>(listTables);
      home = await createWorkspace(database());
      foreign = await createWorkspace(database());
    });

    const tenant = (workspace: string) => driver().workspaceSql(workspace);
    const raw = (text: string): Promise<object[]> => database().orm.em.getConnection().execute(text);
    const insertRun = (workspace: string, named = workspace, id: string = ulid()) => {
      const header = runHeader(named, { run: id });
      return tenant(workspace).query(
        `insert into runs (id, workspace, automation, version, trigger, trigger_node, workflow_id, state, state_seq, last_seq, started_at, last_event_at)
         values ($1, $2, 'a', 'v', 'manual', 'n', $3, 'queued', 0, 0, now(), now())`,
        [id, named, header.workflowId],
      );
    };

    it('is forced on every table but the migrator’s, which nobody may touch', () => {
      expect(tables.length).toBeGreaterThan(20);
      const unforced = tables.filter(({ enabled, forced }) => !enabled || !forced);
      expect(unforced.map(({ name }) => name)).toEqual(['migrations']);
      expect(unforced[0]).toMatchObject({ enabled: true, tenant_may: [], system_may: [], policies: [] });
    });

    it('lets tenants at the rows of their workspace, and at nothing else', () => {
      const mayNow = Object.fromEntries(tables.map(({ name, tenant_may }) => [name, tenant_may]));
      const may = Object.fromEntries(
        tables.map(({ name, of_workspaces }) => [name, exceptions[name] ?? (of_workspaces ? all : [])]),
      );
      expect(mayNow).toEqual(may);
      for (const { name, of_workspaces, policies } of tables) {
        const policy = policies.filter(({ roles }) => !roles.includes(systemRole));
        if (name === 'users') {
          expect(policy).toMatchObject([{ name: 'tenant', roles: [tenantRole], command: 'ALL' }]);
          expect(policy[0]?.using).toMatch(/^\(?EXISTS \( ?SELECT\s+FROM memberships/i);
        } else if (of_workspaces || name === 'workspaces') {
          const rows = `(${of_workspaces ? 'workspace' : 'id'} = ${restricted.replace(/^nullif/, 'NULLIF')})`;
          expect({ name, policy }).toEqual({
            name,
            policy: [{ name: 'tenant', roles: [tenantRole], using: rows, check: rows, command: 'ALL' }],
          });
        } else expect({ name, policy }).toEqual({ name, policy: [] });
      }
    });

    it('shows tenants three columns of users, those of their members', async () => {
      const columns = await database().sql.query<{ name: string }>(
        `select attname as name from pg_attribute where attrelid = 'users'::regclass and attnum > 0
           and has_column_privilege('${tenantRole}', 'users', attname, 'SELECT, INSERT, UPDATE, REFERENCES') order by attname`,
      );
      expect(columns.map(({ name }) => name)).toEqual(columnsOfUsers);
      const members = await tenant(home).query<{ id: string }>('select id, email, name from users');
      const own = await tenant(home).query<{ id: string }>('select "user" as id from memberships');
      expect(members.map(({ id }) => id)).toEqual(own.map(({ id }) => id));
      expect(members).toHaveLength(1);
      await expect(tenant(home).query('select password_hash from users')).rejects.toThrow(
        'permission denied',
      );
    });

    it('lets the system at every row, but not change what was written to the audit log', () => {
      for (const { name, system_may, policies } of tables) {
        if (name === 'migrations') continue;
        expect({ name, may: system_may }).toEqual({ name, may: exceptionsOfSystem[name] ?? all });
        const policy = policies.filter(({ roles }) => roles.includes(systemRole));
        expect({ name, policy }).toEqual({
          name,
          policy: [{ name: 'system', roles: [systemRole], using: 'true', check: 'true', command: 'ALL' }],
        });
      }
    });

    it('holds for roles that can’t get round it', async () => {
      const roles = await database().sql.query(
        `select rolname as name, rolsuper as super, rolbypassrls as bypasses, rolcanlogin as signs_in, rolcreaterole as creates,
           (select count(*)::int from pg_class where relowner = pg_roles.oid) as owns,
           (select count(*)::int from pg_auth_members where member = pg_roles.oid) as member_of
         from pg_roles where rolname in ('${tenantRole}', '${systemRole}') order by name`,
      );
      const harmless = {
        super: false,
        bypasses: false,
        signs_in: false,
        creates: false,
        owns: 0,
        member_of: 0,
      };
      expect(roles).toEqual([
        { name: tenantRole, ...harmless },
        { name: systemRole, ...harmless },
      ]);
    });

    it('keeps the audit log as it was written', async () => {
      const add = (workspace: string) =>
        tenant(home).query(
          `insert into audit_events (id, workspace, at, actor_type, action, outcome) values ($1, $2, now(), 'user', 'tested', 'done')`,
          [ulid(), workspace],
        );
      await add(home);
      await expect(add(foreign)).rejects.toThrow('row-level security');
      for (const sql of [tenant(home), database().sql]) {
        await expect(sql.query(`update audit_events set action = 'else'`)).rejects.toThrow(
          'permission denied',
        );
        await expect(sql.query('delete from audit_events')).rejects.toThrow('permission denied');
        await expect(sql.query('truncate audit_events')).rejects.toThrow('permission denied');
      }
      expect(await tenant(home).query('select action from audit_events')).toEqual([{ action: 'tested' }]);
      expect(await tenant(foreign).query('select action from audit_events')).toEqual([]);
    });

    it('shows raw SQL without a session no row of any table', async () => {
      await insertRun(home);
      await insertRun(foreign);
      expect(await raw('select current_user as role')).toEqual([{ role: tenantRole }]);
      for (const { name, tenant_may } of tables) {
        const [counted] = await database()
          .sql.query<{ count: number }>(`select count(*)::int as count from "${name}"`)
          .catch(() => [{ count: -1 }]);
        if (tenant_may.includes('SELECT')) {
          expect({ name, rows: await raw(`select * from "${name}"`) }).toEqual({ name, rows: [] });
        } else await expect(raw(`select * from "${name}"`)).rejects.toThrow('permission denied');
        if (['runs', 'workspaces', 'memberships', 'users'].includes(name)) {
          expect(counted?.count).toBeGreaterThanOrEqual(2);
        }
      }
      await expect(raw('select id, email, name from users')).resolves.toEqual([]);
    });

    it('lets nobody write into another workspace', async () => {
      const id = ulid();
      await insertRun(foreign, foreign, id);
      await expect(insertRun(home, foreign)).rejects.toThrow('row-level security');
      await expect(
        tenant(home).query('update runs set workspace = $1 where workspace = $2', [foreign, home]),
      ).rejects.toThrow('row-level security');
      const changed = await tenant(home).query(
        `update runs set state = 'failed' where id = $1 returning id`,
        [id],
      );
      expect(changed).toEqual([]);
      expect(await tenant(home).query('delete from runs where id = $1 returning id', [id])).toEqual([]);
      expect(
        await tenant(home).query(`update workspaces set name = 'Mine' where id = $1 returning id`, [foreign]),
      ).toEqual([]);
      expect(await tenant(foreign).query('select state from runs where id = $1', [id])).toEqual([
        { state: 'queued' },
      ]);
    });

    it('keeps 200 interleaved operations of two workspaces apart, and leaves nothing on a connection', async () => {
      const seen = await Promise.all(
        Array.from({ length: 200 }, async (_, turn) => {
          const workspace = turn % 2 === 0 ? home : foreign;
          if (turn % 5 === 0) await insertRun(workspace);
          // No condition: only the policy stands between them.
          const rows =
            turn % 3 === 0
              ? await tenant(workspace).transaction(async (inside) => {
                  await inside.query('select 1');
                  return inside.query<{ workspace: string }>('select workspace from runs');
                })
              : await tenant(workspace).query<{ workspace: string }>('select workspace from runs');
          if (turn % 7 === 0) await database().sql.query('select count(*) from runs');
          return rows.every((row) => row.workspace === workspace) && rows.length > 0;
        }),
      );
      expect(seen).toEqual(Array.from({ length: 200 }, () => true));
      const left = await Promise.all(
        Array.from({ length: 4 }, () =>
          raw(
            `select current_user as role, coalesce(current_setting('app.workspace', true), '') as workspace`,
          ),
        ),
      );
      expect(left.flat()).toEqual(Array.from({ length: 4 }, () => ({ role: tenantRole, workspace: '' })));
    });

    it('leaves the next transaction clean after an error', async () => {
      for (let turn = 0; turn < 4; turn++) {
        await expect(
          tenant(home).transaction(async (inside) => {
            await inside.query('select 1 from runs');
            await inside.query('select no_such_column from runs');
          }),
        ).rejects.toThrow('no_such_column');
        await expect(tenant(home).query('select 1 / 0')).rejects.toThrow('division by zero');
      }
      const mine = await tenant(foreign).query<{ workspace: string }>('select distinct workspace from runs');
      expect(mine).toEqual([{ workspace: foreign }]);
      expect(await raw('select 1 from runs')).toEqual([]);
    });

    it('takes any text for a workspace’s id', async () => {
      for (const strange of [`'; reset role; --`, `\\'; select 1; --`, '', '%']) {
        const sql = tenant(strange);
        const [row] = await sql.query(
          `select current_user as role, current_setting('app.workspace') as workspace, (select count(*)::int from runs) as runs`,
        );
        expect(row).toEqual({ role: tenantRole, workspace: strange, runs: 0 });
      }
      await expect((async () => tenant('\0').query('select 1'))()).rejects.toThrow('NUL');
    });
  },
  { pool: 2 },
);

const exceptionsOfSystem: Record<string, string[]> = { audit_events: ['INSERT', 'SELECT'] };

const mayOf = (role: string) => `(
  select coalesce(json_agg(may order by may), '[]') from unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) as may
  where has_table_privilege('${role}', c.oid, may))`;

const listTables = `
  select c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
    exists (select from pg_attribute where attrelid = c.oid and attname = 'workspace' and not attisdropped) as of_workspaces,
    ${mayOf(tenantRole)} as tenant_may, ${mayOf(systemRole)} as system_may,
    (select coalesce(json_agg(json_build_object('name', policyname, 'roles', roles, 'using', qual, 'check', with_check, 'command', cmd)
       order by policyname), '[]') from pg_policies where schemaname = 'public' and tablename = c.relname) as policies
  from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')
  order by c.relname`;
