/** Published versions of agents: immutable, numbered per agent. */
import type { AgentDefinition } from '../../../contracts/agents/agent.ts';
import type { AgentVersionSummary } from '../../../contracts/api/agents.ts';
import { type Sql, toMoment } from '../../sql.ts';
import { decodeCursor, type Page, toPage } from '../cursor.ts';

export type StoredAgentVersion = AgentVersionSummary & { definition: AgentDefinition };

export interface AgentVersionsRepository {
  /** Newest first. */
  list(
    agent: string,
    query: { cursor?: string | undefined; limit: number },
  ): Promise<Page<AgentVersionSummary>>;
  /** `reference` is a version's id, or its number within `agent`. */
  get(agent: string, reference: string | number): Promise<StoredAgentVersion | undefined>;
  /** What a version is about; '' says nothing. */
  note(agent: string, reference: string | number, note: string): Promise<void>;
}

export interface VersionRow {
  id: string;
  number: number;
  hash: string;
  published: boolean;
  created_at: string;
  created_by: string | null;
  note: string | null;
}

/** Of `v` with its agent `a`. */
export const agentVersionColumns = `v.id, v.number, v.hash, v.created_at, v.created_by, v.note,
  a.published_version is not distinct from v.id as published`;
const tables = 'agent_versions v join agents a on a.id = v.agent';

export function createAgentVersionsRepository(sql: Sql, workspace: string): AgentVersionsRepository {
  return {
    async list(agent, { cursor, limit }) {
      const after = decodeCursor(cursor);
      const rows = await sql.query<VersionRow>(
        `select ${agentVersionColumns} from ${tables} where v.workspace = $1 and v.agent = $2
           and ($3::timestamptz is null or (v.created_at, v.id) < ($3::timestamptz, $4::text))
         order by v.created_at desc, v.id desc limit $5`,
        [workspace, agent, after?.at ?? null, after?.id ?? null, limit + 1],
      );
      return toPage(rows, limit, (row) => ({ at: toMoment(row.created_at), id: row.id }), versionSummary);
    },

    async get(agent, reference) {
      const byNumber = typeof reference === 'number';
      const [row] = await sql.query<VersionRow & { definition: AgentDefinition }>(
        `select ${agentVersionColumns}, v.definition from ${tables}
         where v.workspace = $1 and v.agent = $2 and ${byNumber ? 'v.number = $3::int' : 'v.id = $3'}`,
        [workspace, agent, reference],
      );
      return row && { ...versionSummary(row), definition: row.definition };
    },

    async note(agent, reference, note) {
      const byNumber = typeof reference === 'number';
      await sql.query(
        `update agent_versions set note = $4 where workspace = $1 and agent = $2
           and ${byNumber ? 'number = $3::int' : 'id = $3'}`,
        [workspace, agent, reference, note],
      );
    },
  };
}

export function versionSummary(row: VersionRow): AgentVersionSummary {
  return {
    id: row.id,
    number: row.number,
    hash: row.hash,
    published: row.published,
    createdAt: toMoment(row.created_at),
    ...(row.created_by !== null && { createdBy: row.created_by }),
    ...(row.note && { note: row.note }),
  };
}
