/** Workspaces as such: made, renamed, deleted with 30 days' grace, restored, purged. Crosses workspaces, so for the system only. */
import { ulid } from 'ulid';
import type { Retention } from '../../contracts/api/retention.ts';
import { workspaceGraceDays } from '../../contracts/api/workspaces.ts';
import type { StoredFlow } from '../../contracts/flow.ts';
import { type Sql, toMoment } from '../sql.ts';

export interface StoredWorkspace {
  id: string;
  name: string;
  /** UTC, ISO 8601. */
  createdAt: string;
  /** When it is purged for good; set while it is deleted. */
  purgedAt?: string | undefined;
}

export type RemoveWorkspaceResult =
  | { kind: 'deleted'; workspace: StoredWorkspace }
  | { kind: 'wrong-name' }
  | { kind: 'not-found' };

export interface WorkspacesRepository {
  /** Workspace and ownership in one transaction. */
  create(input: { name: string; owner: string }): Promise<StoredWorkspace>;
  /** Of all that are there, those that are deleted and not purged yet too. */
  ids(): Promise<string[]>;
  /** Undefined for one that is deleted, too. */
  find(id: string): Promise<StoredWorkspace | undefined>;
  /** How the runs of a workspace flow. Nothing set: an empty object, as for one that is not there. */
  flow(id: string): Promise<StoredFlow>;
  /** Sets what is named and leaves the rest; `null` takes it away. */
  setFlow(id: string, changes: { [K in keyof StoredFlow]?: StoredFlow[K] | null }): Promise<void>;
  /** Returns the name it had. */
  rename(id: string, name: string): Promise<string | undefined>;
  /**
   * Marks it as deleted: sessions, keys and webhooks find it no more. Nothing else changes, so that it can come back whole.
   * @param name what it is called, typed again
   */
  remove(id: string, name: string): Promise<RemoveWorkspaceResult>;
  /** Deleted ones that can still be restored by this user, their owner; the last deleted first. */
  deletedOf(owner: string): Promise<StoredWorkspace[]>;
  /**
   * Undefined: none that is deleted, in its grace, and theirs.
   * @param owner left out: whosever it is
   */
  restore(id: string, owner?: string): Promise<StoredWorkspace | undefined>;
  /** How long its runs are kept. */
  kept(id: string): Promise<Retention | undefined>;
  keep(id: string, change: Partial<Retention>): Promise<void>;
  /** Hosts whose pictures are shown without asking. Undefined: there is no such workspace. */
  pictureHosts(id: string): Promise<string | undefined>;
  setPictureHosts(id: string, hosts: string): Promise<void>;
  /** Automations of the workspace, deleted or not, that the world may start. */
  published(id: string): Promise<{ id: string; name: string }[]>;
  /** Workspaces whose grace is over, and the workflows of their runs that still go on. */
  due(): Promise<{ id: string; openWorkflows: string[] }[]>;
  /**
   * Deletes all there is of a workspace whose grace is over, but its audit log, which no role of ours may delete from. Run records
   * go in batches; whoever dies half-way, or does it twice at a time, leaves the rest to the next. False: it is not due.
   */
  purge(id: string): Promise<boolean>;
}

interface Row {
  id: string;
  name: string;
  created_at: string;
  purged_at: string | null;
}

const grace = `interval '${workspaceGraceDays} days'`;
const columns = `id, name, created_at, deleted_at + ${grace} as purged_at`;
/** What names a workspace and does not refer to it. */
const withoutReference = ['steps', 'run_watchers', 'idempotency_keys'];
/** Runs deleted at a time, with their steps: a batch takes well under a second. */
const runsPerBatch = 500;

export function createWorkspacesRepository(sql: Sql): WorkspacesRepository {
  return {
    create: ({ name, owner }) =>
      sql.transaction(async (inside) => {
        const [row] = await inside.query<Row>(
          `insert into workspaces (id, name, created_at) values ($1, $2, now()) returning ${columns}`,
          [ulid(), name],
        );
        await inside.query(
          `insert into memberships ("user", workspace, role, created_at) values ($1, $2, 'owner', now())`,
          [owner, row!.id],
        );
        return toWorkspace(row!);
      }),

    async ids() {
      const rows = await sql.query<{ id: string }>('select id from workspaces order by id');
      return rows.map(({ id }) => id);
    },

    async find(id) {
      const [row] = await sql.query<Row>(
        `select ${columns} from workspaces where id = $1 and deleted_at is null`,
        [id],
      );
      return row && toWorkspace(row);
    },

    async flow(id) {
      const [row] = await sql.query<{ flow: StoredFlow }>('select flow from workspaces where id = $1', [id]);
      return row?.flow ?? {};
    },

    async setFlow(id, changes) {
      await sql.query(
        'update workspaces set flow = jsonb_strip_nulls(flow || $2::text::jsonb) where id = $1',
        [id, JSON.stringify(changes)],
      );
    },

    async rename(id, name) {
      const [row] = await sql.query<{ former: string }>(
        `with former as (select id, name from workspaces where id = $1 and deleted_at is null for update)
         update workspaces w set name = $2 from former where w.id = former.id returning former.name as former`,
        [id, name],
      );
      return row?.former;
    },

    remove: (id, name) =>
      sql.transaction(async (inside) => {
        const [found] = await inside.query<{ name: string }>(
          'select name from workspaces where id = $1 and deleted_at is null for update',
          [id],
        );
        if (!found) return { kind: 'not-found' };
        if (found.name !== name.trim()) return { kind: 'wrong-name' };
        const [row] = await inside.query<Row>(
          `update workspaces set deleted_at = now() where id = $1 returning ${columns}`,
          [id],
        );
        await suspendListeners(inside, id, true);
        return { kind: 'deleted', workspace: toWorkspace(row!) };
      }),

    async deletedOf(owner) {
      const rows = await sql.query<Row>(
        `select ${columns} from workspaces where ${isRestorable} order by deleted_at desc, id`,
        [owner],
      );
      return rows.map(toWorkspace);
    },

    restore: (id, owner) =>
      sql.transaction(async (inside) => {
        const [row] = await inside.query<Row>(
          `update workspaces set deleted_at = null where id = $2 and ${isRestorable} returning ${columns}`,
          [owner ?? null, id],
        );
        if (row) await suspendListeners(inside, id, false);
        return row && toWorkspace(row);
      }),

    async kept(id) {
      const [row] = await sql.query<{ body_days: number | null; run_days: number | null }>(
        'select body_days, run_days from workspaces where id = $1 and deleted_at is null',
        [id],
      );
      return row && { bodyDays: row.body_days, runDays: row.run_days };
    },

    async keep(id, { bodyDays, runDays }) {
      await sql.query(
        `update workspaces set body_days = case when $2 then $3::int else body_days end,
           run_days = case when $4 then $5::int else run_days end where id = $1`,
        [id, bodyDays !== undefined, bodyDays ?? null, runDays !== undefined, runDays ?? null],
      );
    },

    async pictureHosts(id) {
      const [row] = await sql.query<{ picture_hosts: string }>(
        'select picture_hosts from workspaces where id = $1 and deleted_at is null',
        [id],
      );
      return row?.picture_hosts;
    },

    async setPictureHosts(id, hosts) {
      await sql.query('update workspaces set picture_hosts = $2 where id = $1', [id, hosts]);
    },

    published: (id) =>
      sql.query<{ id: string; name: string }>(
        `select id, name from automations
         where workspace = $1 and published_version is not null and deleted_at is null order by id`,
        [id],
      ),

    async due() {
      const rows = await sql.query<{ id: string; workflow: string | null }>(
        `select w.id, r.workflow_id as workflow from workspaces w
         left join runs r on r.workspace = w.id and r.state in ('queued', 'running', 'waiting')
         where ${isDue} order by w.id`,
      );
      const due = new Map<string, string[]>();
      for (const { id, workflow } of rows)
        due.set(id, [...(due.get(id) ?? []), ...(workflow === null ? [] : [workflow])]);
      return [...due].map(([id, openWorkflows]) => ({ id, openWorkflows }));
    },

    async purge(id) {
      const [found] = await sql.query(`select w.id from workspaces w where w.id = $1 and ${isDue}`, [id]);
      if (!found) return false;
      while (await purgeRuns(sql, id));
      for (const table of withoutReference)
        await sql.query(`delete from ${table} where workspace = $1`, [id]);
      // Everything else refers to the workspace and goes with it. Still due: it may have been purged, never restored.
      const gone = await sql.query(`delete from workspaces w where w.id = $1 and ${isDue} returning w.id`, [
        id,
      ]);
      return gone.length > 0;
    },
  };
}

/** $1 is the user, null for anybody. */
const isRestorable = `deleted_at > now() - ${grace} and ($1::text is null or exists (select from memberships m
  where m.workspace = workspaces.id and m."user" = $1 and m.role = 'owner'))`;

/** Never at the same moment as `isRestorable`. */
const isDue = `w.deleted_at <= now() - ${grace}`;

/** Runs and steps have no foreign key, for the speed of writing them. False: none is left. */
async function purgeRuns(sql: Sql, workspace: string): Promise<boolean> {
  const [{ count } = { count: 0 }] = await sql.query<{ count: number }>(
    `with batch as (select id from runs where workspace = $1 limit ${runsPerBatch}),
       gone_steps as (delete from steps where run in (select id from batch)),
       gone as (delete from runs where id in (select id from batch) returning id)
     select count(*)::int as count from gone`,
    [workspace],
  );
  return count > 0;
}

/** A fact of the webhook and the subscription itself, so that its hot path reads one row of one table. */
async function suspendListeners(sql: Sql, workspace: string, suspended: boolean): Promise<void> {
  await sql.query('update webhooks set suspended = $2 where workspace = $1', [workspace, suspended]);
  await sql.query('update subscriptions set suspended = $2 where workspace = $1', [workspace, suspended]);
}

function toWorkspace(row: Row): StoredWorkspace {
  return {
    id: row.id,
    name: row.name,
    createdAt: toMoment(row.created_at),
    ...(row.purged_at !== null && { purgedAt: toMoment(row.purged_at) }),
  };
}
