/** The steps of a run, in the order in which they started. */
import type { Step } from '../../contracts/api/runs.ts';
import type { Item } from '../../contracts/item.ts';
import { type Failure, idempotencyKeyOf, type StepSource } from '../../contracts/run.ts';
import type { StepState } from '../../contracts/states.ts';
import { type Sql, toMoment } from '../sql.ts';

export type StoredStep = Step;

export interface StepsRepository {
  /** `cursor` is the `seq` after which to go on, as text (as `nextCursor` gives it). */
  list(
    run: string,
    page: { cursor?: string | undefined; limit: number },
  ): Promise<{ items: StoredStep[]; nextCursor?: string }>;
  get(run: string, node: string, index: number): Promise<StoredStep | undefined>;
  count(run: string): Promise<number>;
  /** How often each node succeeded and did not. */
  outcomes(run: string): Promise<NodeOutcome[]>;
  /** Undefined while it has not started, or is not recorded yet. */
  stateOf(run: string, node: string, index: number): Promise<StepState | undefined>;
}

export interface NodeOutcome {
  node: string;
  succeeded: number;
  /** Failed, cancelled, or never ended. */
  unsuccessful: number;
}

interface Row {
  node: string;
  index: number;
  state: StepState;
  seq: number;
  started_at: string;
  finished_at: string | null;
  until: string | null;
  attempts: number;
  sources: StepSource[] | null;
  outputs: Record<string, Item[]> | null;
  failure: Failure | null;
  logs: string[] | null;
  truncated: Record<string, number> | null;
  reused_from: string | null;
  key: string | null;
}

const columns =
  'node, index, state, seq, started_at, finished_at, until, attempts, sources, outputs, failure, logs, truncated, reused_from, key';

export function createStepsRepository(sql: Sql, workspace: string): StepsRepository {
  return {
    async list(run, { cursor, limit }) {
      const after = cursor && /^\d{1,9}$/.test(cursor) ? Number(cursor) : -1;
      const rows = await sql.query<Row>(
        `select ${columns} from steps where run = $1 and workspace = $2 and seq > $3::int order by seq limit $4`,
        [run, workspace, after, limit + 1],
      );
      const items = rows.slice(0, limit).map((row) => toStep(run, row));
      const last = items.at(-1);
      return rows.length > limit && last ? { items, nextCursor: String(last.seq) } : { items };
    },

    async get(run, node, index) {
      const [row] = await sql.query<Row>(
        `select ${columns} from steps where workspace = $1 and run = $2 and node = $3 and index = $4::int`,
        [workspace, run, node, index],
      );
      return row && toStep(run, row);
    },

    async stateOf(run, node, index) {
      const [row] = await sql.query<{ state: StepState }>(
        'select state from steps where workspace = $1 and run = $2 and node = $3 and index = $4',
        [workspace, run, node, index],
      );
      return row?.state;
    },

    async count(run) {
      const [row] = await sql.query<{ count: number }>(
        'select count(*)::int as count from steps where run = $1 and workspace = $2',
        [run, workspace],
      );
      return row?.count ?? 0;
    },

    outcomes(run) {
      return sql.query<NodeOutcome>(
        `select node, (count(*) filter (where state in ('succeeded', 'skipped')))::int as succeeded,
           (count(*) filter (where state not in ('succeeded', 'skipped')))::int as unsuccessful
         from steps where run = $1 and workspace = $2 group by node`,
        [run, workspace],
      );
    },
  };
}

function toStep(run: string, row: Row): StoredStep {
  return {
    node: row.node,
    index: row.index,
    state: row.state,
    seq: row.seq,
    startedAt: toMoment(row.started_at),
    ...(row.finished_at === null ? {} : { finishedAt: toMoment(row.finished_at) }),
    ...(row.until === null ? {} : { until: toMoment(row.until) }),
    attempts: row.attempts,
    idempotencyKey: row.key ?? idempotencyKeyOf(run, row.node, row.index),
    sources: row.sources ?? [],
    outputs: row.outputs ?? {},
    ...(row.failure === null ? {} : { failure: row.failure }),
    ...(row.logs === null ? {} : { logs: row.logs }),
    ...(row.truncated === null ? {} : { truncated: row.truncated }),
    ...(row.outputs === null && row.state === 'succeeded' ? { truncated: row.truncated ?? {} } : {}),
    ...(row.reused_from === null ? {} : { reusedFrom: row.reused_from }),
  };
}
