/**
 * What polling triggers remember. What is new is stored together with the fact that it was seen (`found`), and taken away when its run
 * was started (`handed`): the run's id follows from the batch, so that whoever dies in between starts no second one and loses none.
 */
import type { JsonObject } from '../../contracts/json.ts';
import type { Failure } from '../../contracts/run.ts';
import { type Sql, toOptionalMoment } from '../sql.ts';

export interface TriggerCursor {
  node: string;
  /** What is asked. */
  source: string;
  state: JsonObject;
  /** Items whose run was not started yet. */
  pending?: JsonObject[] | undefined;
  /** Number of the batch that `pending` is, or that came last. */
  batch: number;
  failures: number;
  failure?: Failure | undefined;
  polledAt?: string | undefined;
  restUntil?: string | undefined;
}

export interface TriggerKey {
  automation: string;
  node: string;
}

export interface TriggerCursorsRepository {
  ofAutomation(automation: string): Promise<TriggerCursor[]>;
  get(key: TriggerKey): Promise<TriggerCursor | undefined>;
  /**
   * A poll got through. @param after the batch that it saw: another poll of the same trigger that was quicker makes this one false,
   * and nothing is written.
   */
  found(
    key: TriggerKey,
    poll: { source: string; state: JsonObject; items: readonly JsonObject[]; after: number },
  ): Promise<boolean>;
  /** The run of the pending batch was started. */
  handed(key: TriggerKey, batch: number): Promise<void>;
  failed(key: TriggerKey, poll: { source: string; failure: Failure; restMs: number }): Promise<void>;
}

interface Row {
  node: string;
  source: string;
  state: JsonObject;
  pending: JsonObject[] | null;
  batch: number;
  failures: number;
  failure: Failure | null;
  polled_at: string | null;
  rest_until: string | null;
}

const columns = 'node, source, state, pending, batch, failures, failure, polled_at, rest_until';

export function createTriggerCursorsRepository(sql: Sql, workspace: string): TriggerCursorsRepository {
  return {
    async ofAutomation(automation) {
      const rows = await sql.query<Row>(
        `select ${columns} from trigger_cursors where workspace = $1 and automation = $2 order by node`,
        [workspace, automation],
      );
      return rows.map(toCursor);
    },

    async get({ automation, node }) {
      const [row] = await sql.query<Row>(
        `select ${columns} from trigger_cursors where workspace = $1 and automation = $2 and node = $3`,
        [workspace, automation, node],
      );
      return row && toCursor(row);
    },

    async found({ automation, node }, { source, state, items, after }) {
      const next = items.length > 0 ? after + 1 : after;
      const written = await sql.query(
        `insert into trigger_cursors (automation, node, workspace, source, state, pending, batch, polled_at)
         values ($1, $2, $3, $4, $5::text::jsonb, $6::text::jsonb, $7, now())
         on conflict (automation, node) do update set
           source = excluded.source, state = excluded.state, pending = excluded.pending, batch = excluded.batch,
           polled_at = now(), failures = 0, failure = null, rest_until = null
         where trigger_cursors.batch = $8 and trigger_cursors.pending is null
         returning node`,
        [
          automation,
          node,
          workspace,
          source,
          JSON.stringify(state),
          items.length > 0 ? JSON.stringify(items) : null,
          next,
          after,
        ],
      );
      return written.length > 0;
    },

    async handed({ automation, node }, batch) {
      await sql.query(
        `update trigger_cursors set pending = null
         where workspace = $1 and automation = $2 and node = $3 and batch = $4`,
        [workspace, automation, node, batch],
      );
    },

    async failed({ automation, node }, { source, failure, restMs }) {
      await sql.query(
        `insert into trigger_cursors (automation, node, workspace, source, state, failures, failure, polled_at, rest_until)
         values ($1, $2, $3, $4, '{}', 1, $5::text::jsonb, now(), now() + $6::int * interval '1 millisecond')
         on conflict (automation, node) do update set
           failures = trigger_cursors.failures + 1, failure = excluded.failure, polled_at = now(),
           rest_until = excluded.rest_until`,
        [automation, node, workspace, source, JSON.stringify(failure), restMs],
      );
    },
  };
}

function toCursor(row: Row): TriggerCursor {
  const polledAt = toOptionalMoment(row.polled_at);
  const restUntil = toOptionalMoment(row.rest_until);
  return {
    ...{ node: row.node, source: row.source, state: row.state, batch: row.batch, failures: row.failures },
    ...(row.pending && { pending: row.pending }),
    ...(row.failure && { failure: row.failure }),
    ...(polledAt && { polledAt }),
    ...(restUntil && { restUntil }),
  };
}
