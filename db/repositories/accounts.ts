/** Users and workspaces: who may sign in, and to what. Crosses workspaces, so it is for the system only. */
import { ulid } from 'ulid';
import type { Role } from '../../contracts/access/roles.ts';
import type { Sql } from '../sql.ts';

export interface UserRecord {
  id: string;
  /** Lower case. */
  email: string;
  name: string;
  /** Null: signs in by mail or by a provider. */
  passwordHash: string | null;
  emailVerified: boolean;
  /** A second factor is asked for. */
  secondFactor: boolean;
  /** May not sign in. */
  disabled: boolean;
}

export interface WorkspaceRecord {
  id: string;
  name: string;
}

export interface NewUser {
  email: string;
  name: string;
  passwordHash: string | null;
  /** Somebody vouches for the address, or it was proven. */
  emailVerified: boolean;
}

export type CreateOwnerResult =
  | { kind: 'created'; user: UserRecord; workspace: WorkspaceRecord }
  | { kind: 'email-taken' };

/** E-mails are kept and looked for in lower case. */
export interface AccountsRepository {
  /** User, workspace and membership, or nothing. */
  createOwner(input: {
    email: string;
    name: string;
    passwordHash: string;
    workspace: string;
  }): Promise<CreateOwnerResult>;
  /**
   * The first user of the instance, as owner of its first workspace, which is made when there is none. Undefined: somebody is
   * here already, even if they came in the same moment.
   */
  createFirstOwner(input: {
    email: string;
    passwordHash: string;
    workspace: string;
  }): Promise<{ user: string; workspace: string } | undefined>;
  /** The oldest workspace; made when there is none. */
  ensureFirstWorkspace(name: string): Promise<WorkspaceRecord>;
  /** In no workspace. Undefined: the address is taken. */
  createUser(user: NewUser): Promise<UserRecord | undefined>;
  findByEmail(email: string): Promise<UserRecord | undefined>;
  findUser(id: string): Promise<UserRecord | undefined>;
  rename(user: string, name: string): Promise<void>;
  /** Returns whether it was not before. */
  markEmailVerified(email: string): Promise<boolean>;
  /** False until the first owner was made. */
  anyUser(): Promise<boolean>;
  workspace(id: string): Promise<WorkspaceRecord | undefined>;
  /** The oldest workspace: where HIVIEX_API_KEY belongs, and where an owner lands. */
  firstWorkspace(): Promise<WorkspaceRecord | undefined>;
  /** In the order in which they were joined. */
  workspacesOf(user: string): Promise<(WorkspaceRecord & { role: Role })[]>;
  isMember(user: string, workspace: string): Promise<boolean>;
}

export interface UserRow {
  id: string;
  email: string;
  name: string;
  password_hash: string | null;
  email_verified: boolean;
  second_factor: boolean;
  disabled: boolean;
}

/** As `toUser` reads them; the table is `users`. */
export const userColumns = `users.id, users.email, users.name, users.password_hash,
  users.email_verified_at is not null as email_verified, users.totp_confirmed_at is not null as second_factor,
  users.disabled_at is not null as disabled`;

export function createAccountsRepository(sql: Sql): AccountsRepository {
  const firstWorkspace = async (within: Sql) => {
    const [row] = await within.query<WorkspaceRecord>(
      'select id, name from workspaces where deleted_at is null order by id limit 1',
    );
    return row && { id: row.id, name: row.name };
  };
  const findUser = async (where: string, value: string) => {
    const [row] = await sql.query<UserRow>(`select ${userColumns} from users where ${where} = $1`, [value]);
    return row && toUser(row);
  };

  return {
    createOwner: ({ workspace: name, ...owner }) =>
      sql.transaction(async (inside) => {
        const user = await insertUser(inside, { ...owner, emailVerified: true });
        if (!user) return { kind: 'email-taken' };
        const workspace = await insertWorkspace(inside, name);
        await insertOwner(inside, user.id, workspace.id);
        return { kind: 'created', user, workspace };
      }),

    createFirstOwner: ({ email, passwordHash, workspace: name }) =>
      sql.transaction(async (inside) => {
        // Two that come at once would both see an empty table.
        await inside.query(`select pg_advisory_xact_lock(hashtext('hiviex.first-owner'))`);
        if ((await inside.query('select 1 from users limit 1')).length > 0) return undefined;
        const address = normalEmail(email);
        const first = { email: address, name: address.split('@')[0]!, passwordHash, emailVerified: true };
        const user = await insertUser(inside, first);
        const workspace = (await firstWorkspace(inside)) ?? (await insertWorkspace(inside, name));
        await insertOwner(inside, user!.id, workspace.id);
        return { user: user!.id, workspace: workspace.id };
      }),

    ensureFirstWorkspace: (name) =>
      sql.transaction(async (inside) => {
        await inside.query(`select pg_advisory_xact_lock(hashtext('hiviex.first-owner'))`);
        return (await firstWorkspace(inside)) ?? (await insertWorkspace(inside, name));
      }),

    createUser: (user) => insertUser(sql, user),
    findByEmail: (email) => findUser('email', normalEmail(email)),
    findUser: (id) => findUser('id', id),

    async rename(user, name) {
      await sql.query('update users set name = $2 where id = $1', [user, name]);
    },

    async markEmailVerified(email) {
      const rows = await sql.query(
        'update users set email_verified_at = now() where email = $1 and email_verified_at is null returning id',
        [normalEmail(email)],
      );
      return rows.length > 0;
    },

    async anyUser() {
      return (await sql.query('select 1 from users limit 1')).length > 0;
    },

    async workspace(id) {
      const [row] = await sql.query<WorkspaceRecord>('select id, name from workspaces where id = $1', [id]);
      return row && { id: row.id, name: row.name };
    },

    firstWorkspace: () => firstWorkspace(sql),

    async workspacesOf(user) {
      return await sql.query<WorkspaceRecord & { role: Role }>(
        `select w.id, w.name, m.role from memberships m join workspaces w on w.id = m.workspace and w.deleted_at is null
         where m."user" = $1 order by m.created_at, w.id`,
        [user],
      );
    },

    async isMember(user, workspace) {
      const rows = await sql.query('select 1 from memberships where "user" = $1 and workspace = $2', [
        user,
        workspace,
      ]);
      return rows.length > 0;
    },
  };
}

export function normalEmail(email: string): string {
  return email.trim().toLowerCase();
}

/** Undefined: the address is taken. */
export async function insertUser(sql: Sql, user: NewUser): Promise<UserRecord | undefined> {
  const [row] = await sql.query<UserRow>(
    `insert into users (id, email, name, password_hash, email_verified_at, created_at)
     values ($1, $2, $3, $4, case when $5::boolean then now() end, now())
     on conflict (email) do nothing returning ${userColumns}`,
    [ulid(), normalEmail(user.email), user.name, user.passwordHash, user.emailVerified],
  );
  return row && toUser(row);
}

async function insertWorkspace(sql: Sql, name: string): Promise<WorkspaceRecord> {
  const workspace = { id: ulid(), name };
  await sql.query('insert into workspaces (id, name, created_at) values ($1, $2, now())', [
    workspace.id,
    name,
  ]);
  return workspace;
}

async function insertOwner(sql: Sql, user: string, workspace: string): Promise<void> {
  await sql.query(
    `insert into memberships ("user", workspace, role, created_at) values ($1, $2, 'owner', now())`,
    [user, workspace],
  );
}

export function toUser(row: UserRow): UserRecord {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    passwordHash: row.password_hash,
    emailVerified: row.email_verified,
    secondFactor: row.second_factor,
    disabled: row.disabled,
  };
}
