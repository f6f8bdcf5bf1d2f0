/** Automations of one workspace: the draft a builder saves, and what of it is published. */
import { ulid } from 'ulid';
import type { AutomationSummary, VersionSummary } from '../../contracts/api/automations.ts';
import type { AutomationRetention } from '../../contracts/api/retention.ts';
import { findNodeType } from '../../contracts/catalogue/index.ts';
import type { Graph } from '../../contracts/graph.ts';
import { type Sql, toMoment } from '../sql.ts';
import { contentHash } from './content-hash.ts';
import type { Page } from './cursor.ts';
import { type DraftedQuery, listDrafted, namesOfDrafted } from './drafted.ts';
import { createGrantsRepository } from './grants.ts';
import { type PublishInput, type PublishResult, publish } from './publish.ts';
import { removeSubscriptions } from './subscriptions.ts';

/** `Automation` of contracts/api without `problems`: validating the draft is the API's. */
export interface StoredAutomation extends AutomationSummary {
  draft: Graph;
  revision: number;
  startsAgent?: string;
}

export interface AutomationChange {
  name?: string | undefined;
  description?: string | undefined;
  draft?: Graph | undefined;
  /** The revision that the change was made on; another one stored means `changed-meanwhile`. */
  revision?: number | undefined;
}

export type UpdateResult =
  | { kind: 'saved'; automation: StoredAutomation }
  | { kind: 'changed-meanwhile'; revision: number }
  | { kind: 'not-found' };

export interface AutomationsRepository {
  create(input: { name: string; description: string; draft: Graph }): Promise<StoredAutomation>;
  get(id: string): Promise<StoredAutomation | undefined>;
  /** By id, of those that are there. */
  names(ids: readonly string[]): Promise<Map<string, string>>;
  /** Last saved first, without those that agents keep. `search` looks at names and descriptions. */
  list(query: DraftedQuery): Promise<Page<AutomationSummary>>;
  update(id: string, change: AutomationChange): Promise<UpdateResult>;
  /**
   * Deletes softly, unpublishes, and takes its grants away: its runs stay readable to who reads by role. False: there is none.
   */
  remove(id: string): Promise<boolean>;
  publish(id: string, input: PublishInput): Promise<PublishResult>;
  /** Its webhooks answer no more; runs under way go on. False: there is none. */
  unpublish(id: string): Promise<boolean>;
  /** How long its runs are kept; undefined: there is none. */
  kept(id: string): Promise<AutomationRetention | undefined>;
  keep(id: string, change: Partial<AutomationRetention>): Promise<void>;
  /** The automation that holds the starts of an agent, with this as its draft; made when there is none. */
  keepStarts(agent: string, facts: { name: string; draft: Graph }): Promise<{ id: string; name: string }>;
  /** Its id. */
  thatStarts(agent: string): Promise<string | undefined>;
  /** The published version with its graph, to start a run from. */
  published(id: string): Promise<{ version: VersionSummary; graph: Graph } | undefined>;
}

interface Row {
  id: string;
  name: string;
  description: string;
  draft?: Graph;
  draft_revision: number;
  draft_changed: boolean;
  triggers: string[];
  published_number: number | null;
  starts_agent: string | null;
  created_at: string;
  updated_at: string;
  run_id: string | null;
  run_state: string | null;
  run_started_at: string | null;
}

const columns = `a.id, a.name, a.description, a.draft_revision, a.triggers, a.starts_agent, a.created_at, a.updated_at,
  v.number as published_number, a.draft_hash is distinct from v.hash as draft_changed,
  r.id as run_id, r.state as run_state, r.started_at as run_started_at`;
const tables = `automations a
  left join versions v on v.id = a.published_version
  left join lateral (
    select id, state, started_at from runs
    where workspace = a.workspace and automation = a.id order by started_at desc, id desc limit 1
  ) r on true`;

export function createAutomationsRepository(sql: Sql, workspace: string): AutomationsRepository {
  const get = async (id: string) => {
    const [row] = await sql.query<Row & { draft: Graph }>(
      `select ${columns}, a.draft from ${tables} where a.workspace = $1 and a.id = $2 and a.deleted_at is null`,
      [workspace, id],
    );
    if (!row) return undefined;
    const { draft, draft_revision: revision, starts_agent: startsAgent } = row;
    return { ...toSummary(row), draft, revision, ...(startsAgent !== null && { startsAgent }) };
  };

  return {
    get,

    async create({ name, description, draft }) {
      const id = ulid();
      const now = new Date().toISOString();
      await sql.query(
        `insert into automations (id, workspace, name, description, draft, draft_hash, draft_revision, triggers, created_at, updated_at)
         values ($1, $2, $3, $4, $5::text::jsonb, $6, 1, $7::text::jsonb, $8, $8)`,
        [id, workspace, name, description, JSON.stringify(draft), contentHash(draft), triggersOf(draft), now],
      );
      const created = await get(id);
      if (!created) throw new Error(`Automation ${id} vanished while it was created.`);
      return created;
    },

    names: (ids) => namesOfDrafted(sql, workspace, 'automations', ids),

    list(query) {
      const source = {
        type: 'automation',
        columns,
        tables,
        listed: 'a.starts_agent is null',
        toSummary,
      } as const;
      return listDrafted(sql, workspace, source, query);
    },

    async keepStarts(agent, { name, draft }) {
      const [row] = await sql.query<{ id: string }>(
        `insert into automations (id, workspace, name, description, draft, draft_hash, draft_revision, triggers, starts_agent,
           created_at, updated_at)
         values ($1, $2, $3, '', $4::text::jsonb, $5, 1, $6::text::jsonb, $7, now(), now())
         on conflict (starts_agent) where deleted_at is null do update set name = excluded.name, draft = excluded.draft,
           draft_hash = excluded.draft_hash, draft_revision = automations.draft_revision + 1, triggers = excluded.triggers,
           updated_at = now()
         returning id`,
        [ulid(), workspace, name, JSON.stringify(draft), contentHash(draft), triggersOf(draft), agent],
      );
      if (!row) throw new Error(`The automation that starts the agent ${agent} was kept and is not there.`);
      return { id: row.id, name };
    },

    async thatStarts(agent) {
      const [row] = await sql.query<{ id: string }>(
        'select id from automations where workspace = $1 and starts_agent = $2 and deleted_at is null',
        [workspace, agent],
      );
      return row?.id;
    },

    async update(id, { name, description, draft, revision }) {
      const [saved] = await sql.query<{ id: string }>(
        `with saved as (update automations set
           name = coalesce($3, name), description = coalesce($4, description),
           draft = coalesce($5::text::jsonb, draft), draft_hash = coalesce($6, draft_hash),
           triggers = coalesce($7::text::jsonb, triggers),
           draft_revision = draft_revision + 1, updated_at = $8
         where workspace = $1 and id = $2 and deleted_at is null and ($9::int is null or draft_revision = $9)
         returning id),
         renamed as (update webhooks set automation_name = $3 where $3 is not null and automation in (select id from saved)),
         renamed_too as (update subscriptions set automation_name = $3 where $3 is not null and automation in (select id from saved))
         select id from saved`,
        [
          workspace,
          id,
          name ?? null,
          description ?? null,
          draft ? JSON.stringify(draft) : null,
          draft ? contentHash(draft) : null,
          draft ? triggersOf(draft) : null,
          new Date().toISOString(),
          revision ?? null,
        ],
      );
      const automation = await get(id);
      if (!automation) return { kind: 'not-found' };
      return saved
        ? { kind: 'saved', automation }
        : { kind: 'changed-meanwhile', revision: automation.revision };
    },

    remove(id) {
      return sql.transaction(async (inside) => {
        const removed = await inside.query(
          `update automations set deleted_at = $3, published_version = null
           where workspace = $1 and id = $2 and deleted_at is null returning id`,
          [workspace, id, new Date().toISOString()],
        );
        await inside.query('delete from webhooks where workspace = $1 and automation = $2', [workspace, id]);
        await removeSubscriptions(inside, workspace, id);
        await createGrantsRepository(inside, workspace).removeAll({ type: 'automation', id });
        return removed.length > 0;
      });
    },

    publish: (id, input) => publish(sql, workspace, id, input),

    unpublish(id) {
      return sql.transaction(async (inside) => {
        const found = await inside.query(
          `update automations set published_version = null
           where workspace = $1 and id = $2 and deleted_at is null returning id`,
          [workspace, id],
        );
        await inside.query('delete from webhooks where workspace = $1 and automation = $2', [workspace, id]);
        await removeSubscriptions(inside, workspace, id);
        return found.length > 0;
      });
    },

    async kept(id) {
      const [row] = await sql.query<{ body_days: number | null; run_days: number | null; hold: boolean }>(
        'select body_days, run_days, hold from automations where workspace = $1 and id = $2 and deleted_at is null',
        [workspace, id],
      );
      return row && { bodyDays: row.body_days, runDays: row.run_days, hold: row.hold };
    },

    async keep(id, { bodyDays, runDays, hold }) {
      await sql.query(
        `update automations set body_days = case when $3 then $4::int else body_days end,
           run_days = case when $5 then $6::int else run_days end, hold = coalesce($7::boolean, hold)
         where workspace = $1 and id = $2`,
        [
          workspace,
          id,
          bodyDays !== undefined,
          bodyDays ?? null,
          runDays !== undefined,
          runDays ?? null,
          hold ?? null,
        ],
      );
    },

    async published(id) {
      const [row] = await sql.query<{
        id: string;
        number: number;
        hash: string;
        created_at: string;
        created_by: string | null;
        graph: Graph;
      }>(
        `select v.id, v.number, v.hash, v.created_at, v.created_by, v.graph
         from automations a join versions v on v.id = a.published_version
         where a.workspace = $1 and a.id = $2 and a.deleted_at is null`,
        [workspace, id],
      );
      if (!row) return undefined;
      const { graph, created_at, created_by, ...version } = row;
      return {
        graph,
        version: {
          ...version,
          published: true,
          createdAt: toMoment(created_at),
          ...(created_by === null ? {} : { createdBy: created_by }),
        },
      };
    },
  };
}

function toSummary(row: Row): AutomationSummary {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    ...(row.published_number === null ? {} : { publishedVersion: row.published_number }),
    draftChanged: row.draft_changed,
    triggers: row.triggers,
    ...(row.run_id && row.run_state && row.run_started_at
      ? { lastRun: { id: row.run_id, state: row.run_state, startedAt: toMoment(row.run_started_at) } }
      : {}),
    createdAt: toMoment(row.created_at),
    updatedAt: toMoment(row.updated_at),
  };
}

/** Trigger types of a draft as JSON, kept beside it so that a list needs no drafts. */
function triggersOf(draft: Graph): string {
  const types = draft.nodes.map((node) => node.type).filter((type) => findNodeType(type)?.role === 'trigger');
  return JSON.stringify([...new Set(types)]);
}
