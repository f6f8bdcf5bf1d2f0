/** Runs of one workspace as they were recorded: a projection of Temporal's truth, written by `records/run-writer.ts` only. */
import type { ChildRun, RunSummary } from '../../contracts/api/runs.ts';
import type { Failure, QueuedFor, RunTrigger, WebhookResponse } from '../../contracts/run.ts';
import { isTerminal, type RunState } from '../../contracts/states.ts';
import { type Sql, toMoment } from '../sql.ts';
import { decodeCursor, type Page, toPage } from './cursor.ts';
import type { RunFilter } from './run-filter.ts';
import { runCountQuery, runListQuery } from './run-list.ts';

/** `Run` of contracts/api without its steps and the link to the Temporal UI. */
export interface StoredRun extends RunSummary {
  triggerNode: string;
  workflowId: string;
  response?: WebhookResponse;
  /** The step that called it. */
  parent?: { run: string; node: string; index: number };
  /** Why it is queued. */
  /** Highest `seq` recorded; -1 while nothing but the start is known. */
  lastSeq: number;
  /** Retention took the outputs of its steps. */
  emptiedAt?: string;
  /** Kept whatever the retention says. */
  hold: boolean;
}

export interface RunsRepository {
  get(id: string): Promise<StoredRun | undefined>;
  /** Runs that this one called, the first called first. */
  children(id: string, limit: number): Promise<ChildRun[]>;
  /** Last started first. */
  list(filter: RunFilter, page: { cursor?: string | undefined; limit: number }): Promise<Page<RunSummary>>;
  /** How many runs the filter finds. */
  count(filter: RunFilter): Promise<number>;
  /** The state of the newest run that takes this one up; undefined: none does. */
  lastRetry(run: string): Promise<{ id: string; state: RunState } | undefined>;
  /** Somebody asked it to stop. The first time counts. */
  markCancelRequested(run: string): Promise<void>;
  /** False: there is no such run. */
  hold(run: string, hold: boolean): Promise<boolean>;
  /** Runs by state, of the whole workspace or one automation; states without runs are 0. */
  countByState(filter?: { automation?: string; from?: string }): Promise<Record<RunState, number>>;
}

interface Row {
  id: string;
  automation: string;
  automation_name: string | null;
  version: string;
  version_number: number | null;
  trigger: RunTrigger;
  state: RunState;
  started_at: string;
  finished_at: string | null;
  failure: Failure | null;
  trigger_node?: string;
  workflow_id?: string;
  response?: WebhookResponse | null;
  last_seq?: number;
  retry_of: string | null;
  emptied_at?: string | null;
  hold?: boolean;
  parent?: string | null;
  parent_node?: string | null;
  parent_index?: number | null;
  queued_for: QueuedFor | null;
}

const columns = `r.id, r.automation, a.name as automation_name, r.version, v.number as version_number, r.trigger,
  r.state, r.started_at, r.finished_at, r.failure, r.retry_of, r.queued_for`;
// Left joins: a run of a draft has a version that was never published, and a record must show even where its automation is gone.
const names = `left join automations a on a.id = r.automation and a.workspace = r.workspace
  left join versions v on v.id = r.version and v.workspace = r.workspace`;
const tables = `runs r ${names}`;

export function createRunsRepository(sql: Sql, workspace: string): RunsRepository {
  return {
    async get(id) {
      const [row] = await sql.query<Required<Row>>(
        `select ${columns}, r.trigger_node, r.workflow_id, r.response, r.last_seq, r.emptied_at, r.hold,
           r.parent, r.parent_node, r.parent_index
         from ${tables}
         where r.workspace = $1 and r.id = $2`,
        [workspace, id],
      );
      if (!row) return undefined;
      return {
        ...toSummary(row),
        triggerNode: row.trigger_node,
        workflowId: row.workflow_id,
        lastSeq: row.last_seq,
        hold: row.hold,
        ...(row.emptied_at === null ? {} : { emptiedAt: toMoment(row.emptied_at) }),
        ...(row.response === null ? {} : { response: row.response }),
        ...(row.parent !== null && {
          parent: { run: row.parent, node: row.parent_node ?? '', index: row.parent_index ?? 0 },
        }),
      };
    },

    children: (id, limit) =>
      sql.query(
        `select id, automation, state, parent_node as node, parent_index as index
         from runs where workspace = $1 and parent = $2 order by started_at, id limit $3`,
        [workspace, id, limit],
      ),

    async list(filter, { cursor, limit }) {
      const { from, parameters } = runListQuery(workspace, filter, decodeCursor(cursor), limit + 1);
      const rows = await sql.query<Row>(
        `select ${columns} from ${from} as r ${names} order by r.started_at desc, r.id desc`,
        parameters,
      );
      return toPage(rows, limit, (row) => ({ at: toMoment(row.started_at), id: row.id }), toSummary);
    },

    async count(filter) {
      const { from, parameters } = runCountQuery(workspace, filter);
      const [row] = await sql.query<{ count: number }>(from, parameters);
      return row?.count ?? 0;
    },

    async lastRetry(run) {
      const [row] = await sql.query<{ id: string; state: RunState }>(
        'select id, state from runs where workspace = $1 and retry_of = $2 order by started_at desc, id desc limit 1',
        [workspace, run],
      );
      return row;
    },

    async markCancelRequested(run) {
      await sql.query(
        'update runs set cancel_requested_at = coalesce(cancel_requested_at, now()) where workspace = $1 and id = $2',
        [workspace, run],
      );
    },

    async hold(run, hold) {
      const rows = await sql.query(
        'update runs set hold = $3 where workspace = $1 and id = $2 returning id',
        [workspace, run, hold],
      );
      return rows.length > 0;
    },

    async countByState(filter = {}) {
      const rows = await sql.query<{ state: RunState; count: number }>(
        `select state, count(*)::int as count from runs
         where workspace = $1 and ($2::text is null or automation = $2)
           and ($3::timestamptz is null or started_at >= $3::timestamptz) group by state`,
        [workspace, filter.automation ?? null, filter.from ?? null],
      );
      const counts = { queued: 0, running: 0, waiting: 0, succeeded: 0, failed: 0, cancelled: 0 };
      for (const row of rows) counts[row.state] = row.count;
      return counts;
    },
  };
}

function toSummary(row: Row): RunSummary {
  const startedAt = toMoment(row.started_at);
  const finishedAt = row.finished_at === null ? undefined : toMoment(row.finished_at);
  const end = finishedAt ? Date.parse(finishedAt) : Date.now();
  return {
    id: row.id,
    automation: { id: row.automation, name: row.automation_name ?? '' },
    // 0: a draft was run, which has no number.
    version: { id: row.version, number: row.version_number ?? 0 },
    trigger: row.trigger,
    state: row.state,
    startedAt,
    ...(finishedAt ? { finishedAt } : {}),
    ...(finishedAt || !isTerminal(row.state) ? { durationMs: Math.max(0, end - Date.parse(startedAt)) } : {}),
    ...(row.failure === null ? {} : { failure: row.failure }),
    ...(row.retry_of === null ? {} : { retryOf: row.retry_of }),
    ...(row.queued_for && row.state === 'queued' && { queuedFor: row.queued_for }),
  };
}
