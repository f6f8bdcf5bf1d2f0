/**
 * Who is in a workspace. For the system only: what a member takes along when they leave (the workspace their sessions are in) is
 * not a tenant's to see.
 *
 * Every change locks the workspace's row first, so that two at a time can't leave it without an owner.
 */
import { can } from '../../contracts/access/can.ts';
import type { AssignableRole, Role } from '../../contracts/access/roles.ts';
import type { Member } from '../../contracts/api/workspaces.ts';
import { type Sql, toMoment } from '../sql.ts';

export type ChangeMemberResult =
  | { kind: 'changed'; before: Role; member: Member }
  | { kind: 'not-found' }
  /** Only an owner touches owners. */
  | { kind: 'forbidden' }
  /** A workspace is never without an owner. */
  | { kind: 'last-owner' };

export type RemoveMemberResult =
  /** @property keys their personal keys of this workspace, which are over */
  { kind: 'removed'; member: Member; keys: string[] } | Exclude<ChangeMemberResult, { kind: 'changed' }>;

export type TransferResult =
  /** @property former the owners until now; they are admins */
  { kind: 'transferred'; former: string[]; member: Member } | { kind: 'not-found' };

export interface MembersRepository {
  /** The oldest first. */
  list(workspace: string): Promise<Member[]>;
  find(workspace: string, user: string): Promise<Member | undefined>;
  /** @param by role of who asks */
  setRole(input: {
    workspace: string;
    user: string;
    role: AssignableRole;
    by: Role;
  }): Promise<ChangeMemberResult>;
  /**
   * Their personal keys, groups, grants and open invitations of this workspace go with them; their sessions leave it.
   * @param by role of who asks
   */
  remove(input: { workspace: string; user: string; by: Role }): Promise<RemoveMemberResult>;
  /** Makes another member the one owner. */
  transfer(workspace: string, user: string): Promise<TransferResult>;
}

interface Row {
  user: string;
  name: string;
  email: string;
  role: Role;
  created_at: string;
  last_seen_at: string | null;
  second_factor: boolean;
}

/** Last seen in this workspace: when somebody was elsewhere is none of its business. */
const members = `select m."user", u.name, u.email, m.role, m.created_at, u.totp_confirmed_at is not null as second_factor,
    (select max(s.last_seen_at) from sessions s where s."user" = u.id and s.active_workspace = m.workspace) as last_seen_at
  from memberships m join users u on u.id = m."user" where m.workspace = $1`;

export function createMembersRepository(sql: Sql): MembersRepository {
  return {
    list: (workspace) => list(sql, workspace),
    find: (workspace, user) => find(sql, workspace, user),

    setRole: ({ workspace, user, role, by }) =>
      sql.transaction(async (inside) => {
        const before = await mayTouch(inside, { workspace, user, by });
        if (before.kind !== 'member') return before;
        await inside.query('update memberships set role = $3 where workspace = $1 and "user" = $2', [
          workspace,
          user,
          role,
        ]);
        if (!can({ role }, 'member.manage')) await revokeInvitations(inside, workspace, user);
        const member = await find(inside, workspace, user);
        return { kind: 'changed', before: before.member.role, member: member! };
      }),

    remove: ({ workspace, user, by }) =>
      sql.transaction(async (inside) => {
        const before = await mayTouch(inside, { workspace, user, by });
        if (before.kind !== 'member') return before;
        const keys = await inside.query<{ id: string }>(
          'delete from api_keys where workspace = $1 and "user" = $2 returning id',
          [workspace, user],
        );
        for (const statement of [
          'delete from group_members where workspace = $1 and "user" = $2',
          `delete from grants where workspace = $1 and grantee_type = 'user' and grantee = $2`,
          'update sessions set active_workspace = null where active_workspace = $1 and "user" = $2',
          'delete from memberships where workspace = $1 and "user" = $2',
        ])
          await inside.query(statement, [workspace, user]);
        await revokeInvitations(inside, workspace, user);
        return { kind: 'removed', member: before.member, keys: keys.map(({ id }) => id) };
      }),

    transfer: (workspace, user) =>
      sql.transaction(async (inside) => {
        await lock(inside, workspace);
        if (!(await find(inside, workspace, user))) return { kind: 'not-found' };
        const former = await inside.query<{ user: string }>(
          `update memberships set role = 'admin' where workspace = $1 and role = 'owner' and "user" <> $2 returning "user"`,
          [workspace, user],
        );
        await inside.query(`update memberships set role = 'owner' where workspace = $1 and "user" = $2`, [
          workspace,
          user,
        ]);
        const member = await find(inside, workspace, user);
        return { kind: 'transferred', former: former.map((row) => row.user), member: member! };
      }),
  };
}

async function list(sql: Sql, workspace: string): Promise<Member[]> {
  const rows = await sql.query<Row>(`${members} order by m.created_at, m."user"`, [workspace]);
  return rows.map(toMember);
}

async function find(sql: Sql, workspace: string, user: string): Promise<Member | undefined> {
  const [row] = await sql.query<Row>(`${members} and m."user" = $2`, [workspace, user]);
  return row && toMember(row);
}

/** Not `for update`: rows that refer to the workspace may still be added meanwhile. */
async function lock(sql: Sql, workspace: string): Promise<void> {
  await sql.query('select id from workspaces where id = $1 for no key update', [workspace]);
}

/** The member, whose role may be taken or who may be removed; or why not. */
async function mayTouch(
  sql: Sql,
  { workspace, user, by }: { workspace: string; user: string; by: Role },
): Promise<{ kind: 'member'; member: Member } | { kind: 'not-found' | 'forbidden' | 'last-owner' }> {
  await lock(sql, workspace);
  const member = await find(sql, workspace, user);
  if (!member) return { kind: 'not-found' };
  if (member.role !== 'owner') return { kind: 'member', member };
  if (by !== 'owner') return { kind: 'forbidden' };
  const [others] = await sql.query(
    `select "user" from memberships where workspace = $1 and role = 'owner' and "user" <> $2 limit 1`,
    [workspace, user],
  );
  return others ? { kind: 'member', member } : { kind: 'last-owner' };
}

/** Or who was sent away comes back by a link they made before. */
async function revokeInvitations(sql: Sql, workspace: string, user: string): Promise<void> {
  await sql.query('delete from invitations where workspace = $1 and created_by = $2 and used_at is null', [
    workspace,
    user,
  ]);
}

function toMember(row: Row): Member {
  return {
    user: row.user,
    name: row.name,
    email: row.email,
    role: row.role,
    joinedAt: toMoment(row.created_at),
    ...(row.last_seen_at !== null && { lastSeenAt: toMoment(row.last_seen_at) }),
    secondFactor: row.second_factor,
  };
}
