/** Resources of a workspace shared with its members, one by one, by group, or with everybody. */
import { ulid } from 'ulid';
import { type GrantLevel, grantLevels, type ResourceType } from '../../contracts/access/roles.ts';
import { type Sql, toMoment } from '../sql.ts';

export interface SharedResource {
  type: ResourceType;
  id: string;
}

export type Grantee =
  | { type: 'user' | 'group'; id: string }
  /** Every member of the workspace, today's and tomorrow's. */
  | { type: 'everyone' };

export interface StoredGrant {
  id: string;
  resource: SharedResource;
  grantee: Grantee;
  /** The member's or group's name. */
  granteeName: string;
  level: GrantLevel;
  createdAt: string;
}

/** How much of a list somebody is shown: everything, what is shared with this user, or nothing. */
export type Visible = 'all' | 'none' | { sharedWith: string };

export interface GrantsRepository {
  /** What the resource is called. Undefined: there is none in this workspace, so there is nothing to share. */
  nameOf(resource: SharedResource): Promise<string | undefined>;
  /** The strongest level that the user has on the resource, by themselves, their groups, or as everyone. */
  levelOf(user: string, resource: SharedResource): Promise<GrantLevel | undefined>;
  /** Ids of the resources of a type that are shared with the user, with the strongest level. */
  sharedWith(user: string, type: ResourceType): Promise<Map<string, GrantLevel>>;
  list(resource: SharedResource): Promise<StoredGrant[]>;
  /** A grantee has one level per resource: the last one given. Undefined: no such member or group in this workspace. */
  put(input: {
    resource: SharedResource;
    grantee: Grantee;
    level: GrantLevel;
    createdBy?: string | undefined;
  }): Promise<StoredGrant | undefined>;
  /** Returns what was taken away. */
  remove(resource: SharedResource, id: string): Promise<StoredGrant | undefined>;
  /** With its resource. */
  removeAll(resource: SharedResource): Promise<void>;
}

interface Row {
  id: string;
  resource_type: ResourceType;
  resource: string;
  grantee_type: Grantee['type'];
  grantee: string;
  name: string | null;
  level: GrantLevel;
  created_at: string;
}

const columns = `id, resource_type, resource, grantee_type, grantee, level, created_at, case grantee_type
  when 'user' then (select u.name from users u where u.id = grants.grantee)
  when 'group' then (select g.name from groups g where g.id = grants.grantee) end as name`;

/** $1 is the workspace. */
const isGrantee = (user: string) =>
  `(grantee_type = 'everyone' or (grantee_type = 'user' and grantee = ${user}) or (grantee_type = 'group'
  and grantee in (select "group" from group_members where workspace = $1 and "user" = ${user})))`;

/**
 * The condition that a list shows only what `visible` names; undefined: no condition is needed. $1 is the workspace.
 * @param id the column with the resource's id
 * @param bind adds a parameter and returns its placeholder
 */
export function isVisible(
  visible: Visible,
  type: ResourceType,
  id: string,
  bind: (value: unknown) => string,
): string | undefined {
  if (visible === 'all') return undefined;
  if (visible === 'none') return 'false';
  return `${id} in (select resource from grants where workspace = $1 and resource_type = '${type}'
    and ${isGrantee(bind(visible.sharedWith))})`;
}

/** What can be shared so far, and is there. */
const tables: Partial<Record<ResourceType, string>> = {
  automation: '(select * from automations where deleted_at is null) as automation',
  agent: '(select * from agents where deleted_at is null) as agent',
  knowledge: '(select * from knowledge_bases where deleted_at is null) as knowledge',
  credential: 'credentials',
};

export function createGrantsRepository(sql: Sql, workspace: string): GrantsRepository {
  const find = async (where: string, parameters: unknown[]) =>
    (
      await sql.query<Row>(`select ${columns} from grants where workspace = $1 and ${where} order by id`, [
        workspace,
        ...parameters,
      ])
    ).map(toGrant);

  return {
    async nameOf({ type, id }) {
      const table = tables[type];
      if (!table) return undefined;
      const [row] = await sql.query<{ name: string }>(
        `select name from ${table} where workspace = $1 and id = $2`,
        [workspace, id],
      );
      return row?.name;
    },

    async levelOf(user, { type, id }) {
      const rows = await sql.query<{ level: GrantLevel }>(
        `select level from grants where workspace = $1 and resource_type = $3 and resource = $4 and ${isGrantee('$2')}`,
        [workspace, user, type, id],
      );
      return strongest(rows.map((row) => row.level));
    },

    async sharedWith(user, type) {
      const rows = await sql.query<{ resource: string; level: GrantLevel }>(
        `select resource, level from grants where workspace = $1 and resource_type = $3 and ${isGrantee('$2')}`,
        [workspace, user, type],
      );
      const levels = new Map<string, GrantLevel>();
      for (const { resource, level } of rows)
        levels.set(resource, strongest([level, levels.get(resource)]) ?? level);
      return levels;
    },

    list: ({ type, id }) => find('resource_type = $2 and resource = $3', [type, id]),

    async put({ resource, grantee, level, createdBy }) {
      const granteeId = grantee.type === 'everyone' ? '' : grantee.id;
      const [row] = await sql.query<{ id: string }>(
        `insert into grants (id, workspace, resource_type, resource, grantee_type, grantee, level, created_by, created_at)
         select $2, $1, $3, $4, $5, $6, $7, $8, now() where case $5
           when 'user' then exists (select 1 from memberships m where m.workspace = $1 and m."user" = $6)
           when 'group' then exists (select 1 from groups g where g.workspace = $1 and g.id = $6)
           else true end
         on conflict (workspace, resource_type, resource, grantee_type, grantee)
         do update set level = excluded.level returning id`,
        [workspace, ulid(), resource.type, resource.id, grantee.type, granteeId, level, createdBy ?? null],
      );
      return row && (await find('id = $2', [row.id]))[0];
    },

    async remove({ type, id: resource }, id) {
      const [grant] = await find('id = $2 and resource_type = $3 and resource = $4', [id, type, resource]);
      if (grant) await sql.query('delete from grants where workspace = $1 and id = $2', [workspace, id]);
      return grant;
    },

    async removeAll({ type, id }) {
      await sql.query('delete from grants where workspace = $1 and resource_type = $2 and resource = $3', [
        workspace,
        type,
        id,
      ]);
    },
  };
}

function strongest(levels: readonly (GrantLevel | undefined)[]): GrantLevel | undefined {
  return grantLevels.findLast((level) => levels.includes(level));
}

function toGrant(row: Row): StoredGrant {
  return {
    id: row.id,
    resource: { type: row.resource_type, id: row.resource },
    grantee:
      row.grantee_type === 'everyone' ? { type: 'everyone' } : { type: row.grantee_type, id: row.grantee },
    granteeName: row.name ?? '',
    level: row.level,
    createdAt: toMoment(row.created_at),
  };
}
