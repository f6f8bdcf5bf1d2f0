/** Groups of a workspace's members, which things are shared with together. */
import { ulid } from 'ulid';
import type { Group } from '../../contracts/api/workspaces.ts';
import { type Sql, toMoment } from '../sql.ts';

export type SaveGroupResult =
  /** @property before as it was; undefined: it is new */
  | { kind: 'saved'; group: Group; before?: Group | undefined }
  | { kind: 'not-found' }
  | { kind: 'name-taken' }
  /** @property users ids of nobody in this workspace */
  | { kind: 'not-members'; users: string[] };

export interface GroupsRepository {
  /** By name. */
  list(): Promise<Group[]>;
  create(input: { name: string; members: readonly string[] }): Promise<SaveGroupResult>;
  /** Its name and all its members at once. */
  save(id: string, input: { name: string; members: readonly string[] }): Promise<SaveGroupResult>;
  /** With what was shared with it. Returns what was taken away; undefined: there is none. */
  remove(id: string): Promise<Group | undefined>;
}

interface Row {
  id: string;
  name: string;
  created_at: string;
  members: Group['members'];
}

const groups = `select g.id, g.name, g.created_at, coalesce((
    select jsonb_agg(jsonb_build_object('user', u.id, 'name', u.name) order by u.name, u.id)
    from group_members m join users u on u.id = m."user" where m."group" = g.id and m.workspace = $1
  ), '[]') as members
  from groups g where g.workspace = $1`;

export function createGroupsRepository(sql: Sql, workspace: string): GroupsRepository {
  const find = async (inside: Sql, id: string): Promise<Group | undefined> => {
    const [row] = await inside.query<Row>(`${groups} and g.id = $2`, [workspace, id]);
    return row && toGroup(row);
  };

  /** Two at a time can't take one name, nor add a member who is just leaving. */
  const lock = (inside: Sql) =>
    inside.query('select id from workspaces where id = $1 for no key update', [workspace]);

  async function strangers(inside: Sql, users: readonly string[]): Promise<string[]> {
    const rows = await inside.query<{ user: string }>(
      `select "user" from memberships where workspace = $1 and "user" in (select json_array_elements_text($2::text::json))`,
      [workspace, JSON.stringify(users)],
    );
    const known = new Set(rows.map(({ user }) => user));
    return users.filter((user) => !known.has(user));
  }

  async function setMembers(inside: Sql, id: string, users: readonly string[]): Promise<void> {
    await inside.query('delete from group_members where workspace = $1 and "group" = $2', [workspace, id]);
    await inside.query(
      `insert into group_members ("group", "user", workspace)
       select distinct $2::text, value, $1::text from json_array_elements_text($3::text::json)`,
      [workspace, id, JSON.stringify(users)],
    );
  }

  async function nameTaken(inside: Sql, name: string, id?: string): Promise<boolean> {
    const taken = await inside.query(
      'select id from groups where workspace = $1 and name = $2 and id <> $3',
      [workspace, name, id ?? ''],
    );
    return taken.length > 0;
  }

  return {
    async list() {
      const rows = await sql.query<Row>(`${groups} order by lower(g.name), g.id`, [workspace]);
      return rows.map(toGroup);
    },

    create: ({ name, members }) =>
      sql.transaction(async (inside) => {
        await lock(inside);
        const users = await strangers(inside, members);
        if (users.length > 0) return { kind: 'not-members', users };
        if (await nameTaken(inside, name)) return { kind: 'name-taken' };
        const id = ulid();
        await inside.query(
          'insert into groups (id, workspace, name, created_at) values ($2, $1, $3, now())',
          [workspace, id, name],
        );
        await setMembers(inside, id, members);
        return { kind: 'saved', group: (await find(inside, id))! };
      }),

    save: (id, { name, members }) =>
      sql.transaction(async (inside) => {
        await lock(inside);
        const before = await find(inside, id);
        if (!before) return { kind: 'not-found' };
        const users = await strangers(inside, members);
        if (users.length > 0) return { kind: 'not-members', users };
        if (await nameTaken(inside, name, id)) return { kind: 'name-taken' };
        await inside.query('update groups set name = $3 where workspace = $1 and id = $2', [
          workspace,
          id,
          name,
        ]);
        await setMembers(inside, id, members);
        return { kind: 'saved', group: (await find(inside, id))!, before };
      }),

    remove: (id) =>
      sql.transaction(async (inside) => {
        await lock(inside);
        const group = await find(inside, id);
        if (!group) return undefined;
        await inside.query(
          `delete from grants where workspace = $1 and grantee_type = 'group' and grantee = $2`,
          [workspace, id],
        );
        await inside.query('delete from groups where workspace = $1 and id = $2', [workspace, id]);
        return group;
      }),
  };
}

function toGroup(row: Row): Group {
  return { id: row.id, name: row.name, members: row.members, createdAt: toMoment(row.created_at) };
}
