/** Agents of one workspace: the draft a builder saves, and what of it is published. */
import { ulid } from 'ulid';
import type { AgentDefinition, AgentVisibility } from '../../../contracts/agents/agent.ts';
import type { AgentRunState } from '../../../contracts/agents/run.ts';
import type { AgentSummary, AgentVersionSummary } from '../../../contracts/api/agents.ts';
import type { JsonObject } from '../../../contracts/json.ts';
import { type Sql, toMoment } from '../../sql.ts';
import { contentHash } from '../content-hash.ts';
import type { Page } from '../cursor.ts';
import { type DraftedQuery, listDrafted, namesOfDrafted } from '../drafted.ts';
import { createGrantsRepository, isVisible, type Visible } from '../grants.ts';
import { publishAgent } from './publish-agent.ts';

/** `agent` of contracts/api without `problems`: looking at the draft is the API's. */
export interface StoredAgent extends AgentSummary {
  draft: AgentDefinition;
  revision: number;
}

export interface AgentFacts {
  name: string;
  description: string;
  visibility: AgentVisibility;
  /** Null: none. */
  avatar?: string | null | undefined;
  draft: AgentDefinition;
}

export type AgentUpdate =
  | { kind: 'saved'; agent: StoredAgent }
  | { kind: 'changed-meanwhile'; revision: number }
  | { kind: 'not-found' };

/** What a run is pinned to. */
export interface PublishedAgent {
  agent: { id: string; name: string };
  version: { id: string; number: number };
  definition: AgentDefinition;
}

/** One that is published, for those who are told what they may ask. */
export interface OfferedAgent {
  id: string;
  name: string;
  description: string;
  version: { id: string; number: number };
  /** JSON schema of its answers, where it has one. */
  output?: JsonObject | undefined;
  createdAt: string;
}

export interface AgentsRepository {
  create(input: AgentFacts & { by?: string | undefined }): Promise<StoredAgent>;
  get(id: string): Promise<StoredAgent | undefined>;
  /** Last saved first. `search` looks at names and descriptions. */
  list(query: DraftedQuery): Promise<Page<AgentSummary>>;
  /** By id, of those that are there. */
  names(ids: readonly string[]): Promise<Map<string, string>>;
  /** @param change `revision`: the one it was made on; another one stored means `changed-meanwhile` */
  update(
    id: string,
    change: { [F in keyof AgentFacts]?: AgentFacts[F] | undefined } & { revision?: number | undefined },
  ): Promise<AgentUpdate>;
  /** Deletes softly, unpublishes, and takes its grants away; its runs stay readable. False: there is none. */
  remove(id: string): Promise<boolean>;
  /** Undefined: there is no such agent. */
  publish(
    id: string,
    input: { definition: AgentDefinition; by?: string | undefined; note?: string | undefined },
  ): Promise<AgentVersionSummary | undefined>;
  /** Nobody can start it any more; runs under way go on. False: there is none. */
  unpublish(id: string): Promise<boolean>;
  published(id: string): Promise<PublishedAgent | undefined>;
  /** All that are published, 1,000 at most, by name. */
  offered(visible: Visible): Promise<OfferedAgent[]>;
}

interface Row {
  id: string;
  name: string;
  description: string;
  avatar: string | null;
  draft_revision: number;
  draft_changed: boolean;
  starters: string[] | null;
  is_shared: boolean;
  published_number: number | null;
  created_at: string;
  updated_at: string;
  run_id: string | null;
  run_state: AgentRunState | null;
  run_started_at: string | null;
}

interface OfferedRow {
  id: string;
  name: string;
  description: string;
  created_at: string;
  version: string;
  number: number;
  output: JsonObject | null;
}

const columns = `a.id, a.name, a.description, a.avatar, a.draft_revision, a.created_at, a.updated_at,
  coalesce(v.definition -> 'starters', a.draft -> 'starters') as starters,
  exists (select 1 from grants g where g.workspace = a.workspace and g.resource_type = 'agent' and g.resource = a.id
    and g.grantee_type = 'everyone') as is_shared,
  v.number as published_number, a.draft_hash is distinct from v.hash as draft_changed,
  r.id as run_id, r.state as run_state, r.started_at as run_started_at`;
const tables = `agents a
  left join agent_versions v on v.id = a.published_version
  left join lateral (
    select id, state, started_at from agent_runs
    where workspace = a.workspace and agent = a.id order by started_at desc, id desc limit 1
  ) r on true`;

export function createAgentsRepository(sql: Sql, workspace: string): AgentsRepository {
  const get = async (id: string) => {
    const [row] = await sql.query<Row & { draft: AgentDefinition }>(
      `select ${columns}, a.draft from ${tables} where a.workspace = $1 and a.id = $2 and a.deleted_at is null`,
      [workspace, id],
    );
    return row && { ...toSummary(row), draft: row.draft, revision: row.draft_revision };
  };

  /** Everybody's agent is one that is shared with everybody: one way to be let in, not two. */
  async function show(inside: Sql, id: string, visibility: AgentVisibility | undefined): Promise<void> {
    if (visibility === undefined) return;
    const grants = createGrantsRepository(inside, workspace);
    const resource = { type: 'agent' as const, id };
    if (visibility === 'workspace') {
      await grants.put({ resource, grantee: { type: 'everyone' }, level: 'use' });
      return;
    }
    const forAll = (await grants.list(resource)).filter(({ grantee }) => grantee.type === 'everyone');
    for (const grant of forAll) await grants.remove(resource, grant.id);
  }

  return {
    get,

    async create({ name, description, visibility, avatar, draft, by }) {
      const id = ulid();
      await sql.transaction(async (inside) => {
        await inside.query(
          `insert into agents (id, workspace, name, description, avatar, draft, draft_hash, draft_revision, created_by, created_at, updated_at)
           values ($1, $2, $3, $4, $5, $6::text::jsonb, $7, 1, $8, now(), now())`,
          [
            ...[id, workspace, name, description, avatar ?? null],
            ...[JSON.stringify(draft), contentHash(draft), by ?? null],
          ],
        );
        await show(inside, id, visibility);
      });
      const created = await get(id);
      if (!created) throw new Error(`Agent ${id} vanished while it was created.`);
      return created;
    },

    list: (query) => listDrafted(sql, workspace, { type: 'agent', columns, tables, toSummary }, query),

    names: (ids) => namesOfDrafted(sql, workspace, 'agents', ids),

    async update(id, { name, description, visibility, avatar, draft, revision }) {
      const saved = await sql.transaction(async (inside) => {
        const [row] = await inside.query<{ id: string }>(
          `update agents set name = coalesce($3, name), description = coalesce($4, description),
             avatar = case when $5::boolean then $6 else avatar end,
             draft = coalesce($7::text::jsonb, draft), draft_hash = coalesce($8, draft_hash),
             draft_revision = draft_revision + 1, updated_at = now()
           where workspace = $1 and id = $2 and deleted_at is null and ($9::int is null or draft_revision = $9)
           returning id`,
          [
            ...[workspace, id, name ?? null, description ?? null, avatar !== undefined, avatar ?? null],
            ...[draft ? JSON.stringify(draft) : null, draft ? contentHash(draft) : null, revision ?? null],
          ],
        );
        if (row) await show(inside, id, visibility);
        return row !== undefined;
      });
      const agent = await get(id);
      if (!agent) return { kind: 'not-found' };
      return saved ? { kind: 'saved', agent } : { kind: 'changed-meanwhile', revision: agent.revision };
    },

    remove: (id) =>
      sql.transaction(async (inside) => {
        const removed = await inside.query(
          `update agents set deleted_at = now(), published_version = null
           where workspace = $1 and id = $2 and deleted_at is null returning id`,
          [workspace, id],
        );
        await createGrantsRepository(inside, workspace).removeAll({ type: 'agent', id });
        return removed.length > 0;
      }),

    publish: (id, input) => publishAgent(sql, workspace, id, input),

    async unpublish(id) {
      const found = await sql.query(
        `update agents set published_version = null
         where workspace = $1 and id = $2 and deleted_at is null returning id`,
        [workspace, id],
      );
      return found.length > 0;
    },

    async published(id) {
      const [row] = await sql.query<{
        name: string;
        version: string;
        number: number;
        definition: AgentDefinition;
      }>(
        `select a.name, v.id as version, v.number, v.definition
         from agents a join agent_versions v on v.id = a.published_version
         where a.workspace = $1 and a.id = $2 and a.deleted_at is null`,
        [workspace, id],
      );
      if (!row) return undefined;
      const { name, version, number, definition } = row;
      return { agent: { id, name }, version: { id: version, number }, definition };
    },

    async offered(visible) {
      const parameters: unknown[] = [workspace];
      const shown = isVisible(visible, 'agent', 'a.id', (value) => `$${parameters.push(value)}`);
      const rows = await sql.query<OfferedRow>(
        `select a.id, a.name, a.description, a.created_at, v.id as version, v.number,
           v.definition -> 'output' as output
         from agents a join agent_versions v on v.id = a.published_version
         where a.workspace = $1 and a.deleted_at is null ${shown ? `and ${shown}` : ''}
         order by lower(a.name), a.id limit 1000`,
        parameters,
      );
      return rows.map(({ id, name, description, version, number, output, created_at }) => ({
        ...{ id, name, description, version: { id: version, number } },
        ...(output && { output }),
        createdAt: toMoment(created_at),
      }));
    },
  };
}

function toSummary(row: Row): AgentSummary {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    visibility: row.is_shared ? 'workspace' : 'private',
    ...(row.avatar !== null && { avatar: row.avatar }),
    ...(row.published_number !== null && { publishedVersion: row.published_number }),
    draftChanged: row.draft_changed,
    starters: row.starters ?? [],
    ...(row.run_id &&
      row.run_state &&
      row.run_started_at && {
        lastRun: { id: row.run_id, state: row.run_state, startedAt: toMoment(row.run_started_at) },
      }),
    createdAt: toMoment(row.created_at),
    updatedAt: toMoment(row.updated_at),
  };
}
