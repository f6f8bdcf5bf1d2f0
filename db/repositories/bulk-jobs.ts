/** Work over many runs, of one workspace: what each job is to do and how far it is. */
import { ulid } from 'ulid';
import type {
  BulkAction,
  BulkCounts,
  BulkFailure,
  BulkFilter,
  BulkJob,
  BulkOptions,
  BulkState,
} from '../../contracts/bulk.ts';
import { type Sql, toMoment } from '../sql.ts';
import { decodeCursor, type Page, toPage } from './cursor.ts';

export interface NewBulkJob {
  action: BulkAction;
  filter: BulkFilter;
  options: BulkOptions;
  total: number;
  createdBy?: string | undefined;
}

export interface BulkJobsRepository {
  create(job: NewBulkJob): Promise<BulkJob>;
  get(id: string): Promise<BulkJob | undefined>;
  /** Newest first. */
  list(page: { cursor?: string | undefined; limit: number }): Promise<Page<BulkJob>>;
  /** All counts so far: saying it twice changes nothing. */
  progress(id: string, counts: BulkCounts): Promise<void>;
  setState(id: string, state: BulkState): Promise<void>;
}

interface Row {
  id: string;
  action: BulkAction;
  filter: BulkFilter;
  options: BulkOptions;
  state: BulkState;
  total: number;
  done: number;
  skipped: number;
  failed: number;
  failures: BulkFailure[];
  created_at: string;
  finished_at: string | null;
}

const columns =
  'id, action, filter, options, state, total, done, skipped, failed, failures, created_at, finished_at';

export function createBulkJobsRepository(sql: Sql, workspace: string): BulkJobsRepository {
  return {
    async create({ action, filter, options, total, createdBy }) {
      const [row] = await sql.query<Row>(
        `insert into bulk_jobs (id, workspace, action, filter, options, state, total, done, skipped, failed, failures, created_by, created_at)
         values ($1, $2, $3, $4::text::jsonb, $5::text::jsonb, 'running', $6, 0, 0, 0, '[]', $7, $8) returning ${columns}`,
        [
          ulid(),
          workspace,
          action,
          JSON.stringify(filter),
          JSON.stringify(options),
          total,
          createdBy ?? null,
          new Date().toISOString(),
        ],
      );
      return toJob(row!);
    },

    async get(id) {
      const [row] = await sql.query<Row>(
        `select ${columns} from bulk_jobs where workspace = $1 and id = $2`,
        [workspace, id],
      );
      return row && toJob(row);
    },

    async list({ cursor, limit }) {
      const after = decodeCursor(cursor);
      const rows = await sql.query<Row>(
        `select ${columns} from bulk_jobs where workspace = $1
           and ($2::timestamptz is null or (created_at, id) < ($2::timestamptz, $3::text))
         order by created_at desc, id desc limit $4`,
        [workspace, after?.at ?? null, after?.id ?? null, limit + 1],
      );
      return toPage(rows, limit, (row) => ({ at: toMoment(row.created_at), id: row.id }), toJob);
    },

    async progress(id, { done, skipped, failed, failures }) {
      await sql.query(
        `update bulk_jobs set done = $3, skipped = $4, failed = $5, failures = $6::text::jsonb
         where workspace = $1 and id = $2 and done + skipped + failed <= $3::int + $4::int + $5::int`,
        [workspace, id, done, skipped, failed, JSON.stringify(failures)],
      );
    },

    async setState(id, state) {
      await sql.query(
        `update bulk_jobs set state = $3, finished_at = case when $3 in ('finished', 'cancelled') then now() end
         where workspace = $1 and id = $2 and state not in ('finished', 'cancelled')`,
        [workspace, id, state],
      );
    },
  };
}

function toJob({ created_at, finished_at, ...job }: Row): BulkJob {
  return {
    ...job,
    createdAt: toMoment(created_at),
    ...(finished_at === null ? {} : { finishedAt: toMoment(finished_at) }),
  };
}
