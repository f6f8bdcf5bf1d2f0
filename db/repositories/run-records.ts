/** What the run writer's projection and the reconciler need of the records, across workspaces. */
import type { RunHeader, RunTrigger } from '../../contracts/run.ts';
import type { StepState } from '../../contracts/states.ts';
import { type Sql, toMoment } from '../sql.ts';

export interface OpenRun {
  header: RunHeader;
  lastSeq: number;
  /** Epoch milliseconds of the newest event, and of the last time the reconciler looked at its workflow. */
  lastEventAt: number;
  checkedAt: number;
  /** When somebody asked it to stop; 0 when nobody did. */
  cancelRequestedAt: number;
}

export interface RunRecordsRepository {
  /** Runs whose record has no end yet, by id. `after` is the last id of the page before. */
  open(page: { after?: string | undefined; limit: number }): Promise<OpenRun[]>;
  /** Which of these runs have a record. */
  known(runs: string[]): Promise<Set<string>>;
  /** Steps of a run that have not ended. */
  openSteps(run: string): Promise<{ node: string; index: number; state: StepState }[]>;
  markChecked(runs: string[], at: number): Promise<void>;
}

interface Row {
  id: string;
  workspace: string;
  automation: string;
  version: string;
  trigger: RunTrigger;
  trigger_node: string;
  workflow_id: string;
  started_at: string;
  last_seq: number;
  last_event_at: string;
  checked_at: string | null;
  cancel_requested_at: string | null;
}

export function createRunRecordsRepository(sql: Sql): RunRecordsRepository {
  return {
    async open({ after, limit }) {
      const rows = await sql.query<Row>(
        `select id, workspace, automation, version, trigger, trigger_node, workflow_id, started_at, last_seq, last_event_at, checked_at, cancel_requested_at
         from runs where state in ('queued', 'running', 'waiting') and id > $1 order by id limit $2`,
        [after ?? '', limit],
      );
      return rows.map(toOpenRun);
    },

    async known(runs) {
      const rows = await sql.query<{ id: string }>(
        'select id from runs where id in (select jsonb_array_elements_text($1::text::jsonb))',
        [JSON.stringify(runs)],
      );
      return new Set(rows.map((row) => row.id));
    },

    openSteps(run) {
      return sql.query(
        `select node, index, state from steps
         where run = $1 and state not in ('succeeded', 'failed', 'cancelled', 'skipped') order by seq`,
        [run],
      );
    },

    async markChecked(runs, at) {
      await sql.query(
        `update runs set checked_at = $2::timestamptz
         where id in (select jsonb_array_elements_text($1::text::jsonb))`,
        [JSON.stringify(runs), new Date(at).toISOString()],
      );
    },
  };
}

function toOpenRun(row: Row): OpenRun {
  return {
    header: {
      run: row.id,
      workspace: row.workspace,
      automation: row.automation,
      version: row.version,
      trigger: row.trigger,
      triggerNode: row.trigger_node,
      workflowId: row.workflow_id,
      startedAt: Date.parse(toMoment(row.started_at)),
    },
    lastSeq: row.last_seq,
    lastEventAt: Date.parse(toMoment(row.last_event_at)),
    checkedAt: row.checked_at === null ? 0 : Date.parse(toMoment(row.checked_at)),
    cancelRequestedAt: row.cancel_requested_at === null ? 0 : Date.parse(toMoment(row.cancel_requested_at)),
  };
}
