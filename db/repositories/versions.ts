/** Published versions: immutable, numbered per automation. */
import type { VersionSummary } from '../../contracts/api/automations.ts';
import type { Graph } from '../../contracts/graph.ts';
import { type Sql, toMoment } from '../sql.ts';
import { decodeCursor, type Page, toPage } from './cursor.ts';

export type StoredVersion = VersionSummary & { automation: string; graph: Graph };

export interface VersionsRepository {
  /** Newest first. */
  list(
    automation: string,
    query: { cursor?: string | undefined; limit: number },
  ): Promise<Page<VersionSummary>>;
  /** `reference` is a version's id, or its number within `automation`. */
  get(automation: string, reference: string | number): Promise<StoredVersion | undefined>;
  /** What a version is called or was for; the version itself never changes. */
  note(automation: string, reference: string | number, note: string): Promise<void>;
}

interface Row {
  id: string;
  automation: string;
  number: number;
  hash: string;
  published: boolean;
  created_at: string;
  created_by: string | null;
  note: string | null;
}

const columns = `v.id, v.automation, v.number, v.hash, v.created_at, v.created_by, v.note,
  a.published_version is not distinct from v.id as published`;

export function createVersionsRepository(sql: Sql, workspace: string): VersionsRepository {
  return {
    async list(automation, { cursor, limit }) {
      const after = decodeCursor(cursor);
      const rows = await sql.query<Row>(
        `select ${columns} from versions v join automations a on a.id = v.automation
         where v.workspace = $1 and v.automation = $2
           and ($3::timestamptz is null or (v.created_at, v.id) < ($3::timestamptz, $4::text))
         order by v.created_at desc, v.id desc limit $5`,
        [workspace, automation, after?.at ?? null, after?.id ?? null, limit + 1],
      );
      return toPage(rows, limit, (row) => ({ at: toMoment(row.created_at), id: row.id }), toSummary);
    },

    async get(automation, reference) {
      const byNumber = typeof reference === 'number';
      const [row] = await sql.query<Row & { graph: Graph }>(
        `select ${columns}, v.graph from versions v join automations a on a.id = v.automation
         where v.workspace = $1 and v.automation = $2 and ${byNumber ? 'v.number = $3::int' : 'v.id = $3'}`,
        [workspace, automation, reference],
      );
      return row && { ...toSummary(row), automation: row.automation, graph: row.graph };
    },

    async note(automation, reference, note) {
      const byNumber = typeof reference === 'number';
      await sql.query(
        `update versions set note = $4 where workspace = $1 and automation = $2
           and ${byNumber ? 'number = $3::int' : 'id = $3'}`,
        [workspace, automation, reference, note],
      );
    },
  };
}

function toSummary(row: Row): VersionSummary {
  return {
    id: row.id,
    number: row.number,
    hash: row.hash,
    published: row.published,
    createdAt: toMoment(row.created_at),
    ...(row.created_by === null ? {} : { createdBy: row.created_by }),
    ...(row.note ? { note: row.note } : {}),
  };
}
