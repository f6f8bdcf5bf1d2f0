/**
 * Records whose time is up: first what their steps gave and answered (the bodies), later the runs themselves. Across workspaces, for
 * the system. Everything goes in small statements, each of which is whole: whoever dies half-way leaves the rest to the next pass.
 *
 * An automation's days come before its workspace's, and those before the instance's; 0 keeps for ever. Runs under way are never due,
 * nor is what is held.
 */
import type { Sql } from '../sql.ts';
import { takeBodies, takeOrphans, takeRows } from './rows-of-runs.ts';

export interface DueRun {
  workspace: string;
  run: string;
  /** Where the next page begins. */
  position: string;
}

/** `body`: the outputs of its steps and its answer; `run`: all of it. */
export type Due = 'body' | 'run';

export interface RetentionRepository {
  /** Ended first comes first. `after` is the last page's last `position`. */
  due(
    what: Due,
    query: { defaultDays: number; after?: string | undefined; limit: number },
  ): Promise<DueRun[]>;
  /** Takes outputs, logs and answers away, and what people typed; states, times, failures and who decided stay. */
  empty(runs: readonly string[]): Promise<void>;
  /** Deletes runs with their steps and all that was kept beside them (`rows-of-runs.ts`). */
  remove(runs: readonly string[]): Promise<void>;
  /**
   * Runs of agents that ended as long ago as runs are kept, or whose conversation or calling run of an agent is gone. Ended first comes
   * first.
   */
  dueAgentRuns(query: {
    defaultDays: number;
    after?: string | undefined;
    limit: number;
  }): Promise<(DueRun & { workflowId: string })[]>;
  /** With their steps. */
  removeAgentRuns(runs: readonly string[]): Promise<void>;
  /** Deletes what runs left that are gone, jobs over many runs that ended as long ago as runs are kept, and trials of agents after a week. */
  removeLeft(query: { defaultDays: number }): Promise<void>;
}

const momentFormat = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;

/** Steps that one statement touches: well under a second, and no lock that anybody waits for. */
const stepsAtATime = 2_000;

export function createRetentionRepository(sql: Sql): RetentionRepository {
  async function untilNoneIsLeft(statement: string, runs: readonly string[]): Promise<void> {
    for (;;) {
      const touched = await sql.query(statement, [`{${runs.join(',')}}`, stepsAtATime]);
      if (touched.length < stepsAtATime) return;
    }
  }

  /** Somebody may have held one since it was due. As an array of Postgres. */
  async function notHeld(runs: readonly string[]): Promise<string[]> {
    const rows = await sql.query<{ id: string }>(
      `select r.id from runs r left join automations a on a.id = r.automation and a.workspace = r.workspace
       where r.id = any($1::text[]) and not r.hold and not coalesce(a.hold, false)`,
      [`{${runs.join(',')}}`],
    );
    return rows.map(({ id }) => id);
  }

  async function all(statements: readonly string[], runs: readonly string[]): Promise<void> {
    for (const statement of statements) await sql.query(statement, [`{${runs.join(',')}}`]);
  }

  return {
    async due(what, { defaultDays, after, limit }) {
      const column = what === 'body' ? 'body_days' : 'run_days';
      const days = `coalesce(a.${column}, w.${column}, $1::int)`;
      const [endedAt, id] = after?.split(' ') ?? [];
      const rows = await sql.query<{ id: string; workspace: string; ended: string }>(
        `select r.id, r.workspace, to_char(r.finished_at at time zone 'UTC', ${momentFormat}) as ended
         from runs r join workspaces w on w.id = r.workspace
         left join automations a on a.id = r.automation and a.workspace = r.workspace
         where r.finished_at < now() - interval '1 hour' and r.state in ('succeeded', 'failed', 'cancelled')
           ${what === 'body' ? 'and r.emptied_at is null' : ''}
           and not r.hold and not coalesce(a.hold, false)
           and ${days} > 0 and r.finished_at < now() - ${days} * interval '1 day'
           and ($2::timestamptz is null or (r.finished_at, r.id) > ($2::timestamptz, $3::text))
         order by r.finished_at, r.id limit $4`,
        [defaultDays, endedAt ?? null, id ?? null, limit],
      );
      return rows.map((row) => ({
        workspace: row.workspace,
        run: row.id,
        position: `${row.ended} ${row.id}`,
      }));
    },

    async empty(given) {
      const runs = await notHeld(given);
      await all(takeBodies, runs);
      await untilNoneIsLeft(
        `update steps set outputs = null, logs = null, truncated = null where (run, node, index) in (
           select run, node, index from steps where run = any($1::text[])
             and (outputs is not null or logs is not null or truncated is not null) limit $2) returning 1 as one`,
        runs,
      );
      await sql.query(
        'update runs set response = null, emptied_at = now() where id = any($1::text[]) and not hold',
        [`{${runs.join(',')}}`],
      );
    },

    async remove(given) {
      const runs = await notHeld(given);
      await all(takeRows, runs);
      await untilNoneIsLeft(
        `delete from steps where (run, node, index) in (
           select run, node, index from steps where run = any($1::text[]) limit $2) returning 1 as one`,
        runs,
      );
      await sql.query('delete from runs where id = any($1::text[]) and not hold', [`{${runs.join(',')}}`]);
    },

    async dueAgentRuns({ defaultDays, after, limit }) {
      const days = 'coalesce(w.run_days, $1::int)';
      const [endedAt, id] = after?.split(' ') ?? [];
      const rows = await sql.query<{ id: string; workspace: string; workflow_id: string; ended: string }>(
        `select r.id, r.workspace, r.workflow_id, to_char(r.finished_at at time zone 'UTC', ${momentFormat}) as ended
         from agent_runs r join workspaces w on w.id = r.workspace
         where r.finished_at < now() - interval '1 hour'
           and (${days} > 0 and r.finished_at < now() - ${days} * interval '1 day'
             or r.conversation is not null and not exists (select 1 from conversations c where c.id = r.conversation)
             or r.parent like 'agent:%' and not exists (select 1 from agent_runs p where p.id = substr(r.parent, 7)))
           and ($2::timestamptz is null or (r.finished_at, r.id) > ($2::timestamptz, $3::text))
         order by r.finished_at, r.id limit $4`,
        [defaultDays, endedAt ?? null, id ?? null, limit],
      );
      return rows.map((row) => ({
        ...{ workspace: row.workspace, run: row.id, workflowId: row.workflow_id },
        position: `${row.ended} ${row.id}`,
      }));
    },

    async removeAgentRuns(runs) {
      await sql.query('delete from agent_runs where id = any($1::text[])', [`{${runs.join(',')}}`]);
    },

    async removeLeft({ defaultDays }) {
      for (const statement of takeOrphans) await sql.query(statement);
      const days = 'coalesce(w.run_days, $1::int)';
      await sql.query(
        `delete from bulk_jobs j using workspaces w where w.id = j.workspace and ${days} > 0
           and j.finished_at < now() - ${days} * interval '1 day'`,
        [defaultDays],
      );
      await sql.query(
        `delete from conversations where trial is not null and updated_at < now() - interval '7 days'`,
      );
    },
  };
}
