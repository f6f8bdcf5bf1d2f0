/**
 * Runs in the order in which their ends were written, for whoever acts on ends: each is read at least once, also when a process died.
 *
 * The order is that of transactions, and only rows of transactions below every one under way are read: a row can't appear behind
 * the place that was read already, as it could with times or sequences. Whoever reads holds the place for a while, so that one
 * process at a time does; a second reader does no harm, only work.
 */
import type { Failure, RunTrigger } from '../../contracts/run.ts';
import type { RunState } from '../../contracts/states.ts';
import { type Sql, toMoment } from '../sql.ts';

export interface EndedRun {
  run: string;
  workspace: string;
  automation: string;
  version: string;
  trigger: RunTrigger;
  triggerNode: string;
  workflowId: string;
  state: Extract<RunState, 'succeeded' | 'failed' | 'cancelled'>;
  failure?: Failure | undefined;
  /** The run that called it. */
  parent?: string | undefined;
  /** UTC, ISO 8601. */
  startedAt: string;
  finishedAt: string;
}

export interface EndedRunSurroundings {
  /** Empty: the automation is gone. */
  automationName: string;
  /** The step that failed last. */
  step?: { node: string; index: number } | undefined;
  /** The run that called it waits for it, and hears of the failure itself. */
  isWaitedFor: boolean;
  /** It, or a run above it, was started because another run had failed. */
  isOfError: boolean;
}

/** A failed run that people are told of. */
export interface FailedRunNews {
  workspace: string;
  run: string;
  automation: { id: string; name: string };
  message: string;
  /** Ids of those who are to know: who started it by hand, else who published its version, else the owners. Members only. */
  people: string[];
  /** Sorts, as text, by the order in which ends are announced. */
  mark: string;
}

/** After which row to go on. */
export interface EndedPlace {
  /** A transaction's id, as text: it may be beyond what a number holds. */
  position: string;
  last: string;
}

export interface EndedRunsRepository {
  /** Where to go on, when nobody else holds the place; held for `holdMs` from now on. */
  claim(holder: string, holdMs: number): Promise<EndedPlace | undefined>;
  after(place: EndedPlace, limit: number): Promise<{ runs: EndedRun[]; place: EndedPlace }>;
  /** Those up to here are done with. False: somebody else holds the place by now. */
  advance(holder: string, place: EndedPlace): Promise<boolean>;
  /** Of these failed runs: without those of drafts, and those that another run waits for. In the order of their ends. */
  failures(runs: readonly string[]): Promise<FailedRunNews[]>;
  /** What an alert about a run tells besides the run itself. Undefined: its record is gone. */
  surroundings(run: string): Promise<EndedRunSurroundings | undefined>;
  /** Lets the next reader in at once. */
  release(holder: string): Promise<void>;
  /** A workflow that is to be told when the run has ended. Doing it again changes nothing. */
  watch(watcher: { run: string; workflowId: string; workspace: string }): Promise<void>;
  watchers(runs: string[]): Promise<{ run: string; workflowId: string }[]>;
  unwatch(run: string, workflowId: string): Promise<void>;
  /** Runs called by this one that it waited for and that have no end yet. */
  openChildren(parent: string): Promise<{ run: string; workflowId: string }[]>;
}

interface Row {
  id: string;
  workspace: string;
  automation: string;
  version: string;
  trigger: RunTrigger;
  trigger_node: string;
  workflow_id: string;
  state: EndedRun['state'];
  failure: Failure | null;
  parent: string | null;
  started_at: string;
  finished_at: string | null;
  position: string;
}

const name = 'ended-runs';

export function createEndedRunsRepository(sql: Sql): EndedRunsRepository {
  return {
    async claim(holder, holdMs) {
      const [place] = await sql.query<EndedPlace>(
        `insert into watermarks (name, position, last, holder, held_until)
         values ($1, 0, '', $2, now() + $3::int * interval '1 ms')
         on conflict (name) do update set holder = excluded.holder, held_until = excluded.held_until
         where watermarks.holder = excluded.holder or watermarks.held_until < now()
         returning position::text as position, last`,
        [name, holder, holdMs],
      );
      return place;
    },

    async after(place, limit) {
      const rows = await sql.query<Row>(
        `select id, workspace, automation, version, trigger, trigger_node, workflow_id, state, failure, parent,
           started_at, finished_at, ended_tx::text as position
         from runs
         where (ended_tx, id) > ($1::text::bigint, $2::text)
           and ended_tx < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
         order by runs.ended_tx, id limit $3`,
        [place.position, place.last, limit],
      );
      const newest = rows.at(-1);
      return {
        runs: rows.map(toEndedRun),
        place: newest ? { position: newest.position, last: newest.id } : place,
      };
    },

    async advance(holder, { position, last }) {
      const moved = await sql.query(
        `update watermarks set position = $3::text::bigint, last = $4 where name = $1 and holder = $2 returning name`,
        [name, holder, position, last],
      );
      return moved.length > 0;
    },

    async failures(runs) {
      const rows = await sql.query<{
        id: string;
        workspace: string;
        automation: string;
        name: string | null;
        failure: Failure | null;
        people: string[];
        mark: string;
      }>(
        `select r.id, r.workspace, r.automation, a.name, r.failure, lpad(r.ended_tx::text, 20, '0') || ' ' || r.id as mark,
           coalesce(
             (select jsonb_build_array(m."user") from memberships m where m.workspace = r.workspace and m."user" = r.started_by),
             (select jsonb_build_array(m."user") from memberships m where m.workspace = r.workspace and m."user" = v.created_by),
             (select jsonb_agg(m."user" order by m."user") from memberships m where m.workspace = r.workspace and m.role = 'owner'), '[]') as people
         from runs r left join automations a on a.id = r.automation and a.workspace = r.workspace
         left join versions v on v.id = r.version and v.workspace = r.workspace
         where r.id in (select jsonb_array_elements_text($1::text::jsonb)) and r.ended_tx is not null
           and not coalesce(r.parent_waits, false) and r.version not like 'draft:%'
         order by r.ended_tx, r.id`,
        [JSON.stringify(runs)],
      );
      return rows.map(({ id, automation, name, failure, ...row }) => ({
        ...{ workspace: row.workspace, people: row.people, mark: row.mark, run: id },
        automation: { id: automation, name: name ?? automation },
        message: failure?.message ?? '',
      }));
    },

    async surroundings(run) {
      const [row] = await sql.query<{
        name: string | null;
        node: string | null;
        index: number | null;
        waits: boolean;
        of_error: boolean;
      }>(
        `with recursive above as (
           select id, workspace, parent, trigger, 1 as depth from runs where id = $1
           union all
           select r.id, r.workspace, r.parent, r.trigger, depth + 1
           from above join runs r on r.id = above.parent and r.workspace = above.workspace where depth < 20)
         select a.name, s.node, s.index, coalesce(r.parent_waits, false) as waits,
           exists (select from above where trigger = 'error') as of_error
         from runs r left join automations a on a.id = r.automation and a.workspace = r.workspace
         left join lateral (
           select node, index from steps where run = r.id and state = 'failed' order by last_seq desc limit 1
         ) s on true
         where r.id = $1`,
        [run],
      );
      if (!row) return undefined;
      const { node, index } = row;
      return {
        automationName: row.name ?? '',
        ...(node !== null && index !== null && { step: { node, index } }),
        isWaitedFor: row.waits,
        isOfError: row.of_error,
      };
    },

    async release(holder) {
      await sql.query(
        `update watermarks set held_until = now() - interval '1 second' where name = $1 and holder = $2`,
        [name, holder],
      );
    },

    async watch({ run, workflowId, workspace }) {
      await sql.query(
        'insert into run_watchers (run, workflow_id, workspace) values ($1, $2, $3) on conflict do nothing',
        [run, workflowId, workspace],
      );
    },

    watchers: (runs) =>
      sql.query(
        `select run, workflow_id as "workflowId" from run_watchers
         where run in (select jsonb_array_elements_text($1::text::jsonb)) order by run, workflow_id`,
        [JSON.stringify(runs)],
      ),

    async unwatch(run, workflowId) {
      await sql.query('delete from run_watchers where run = $1 and workflow_id = $2', [run, workflowId]);
    },

    openChildren: (parent) =>
      sql.query(
        `select id as run, workflow_id as "workflowId" from runs
         where workspace = (select workspace from runs where id = $1) and parent = $1 and parent_waits
           and state in ('queued', 'running', 'waiting') order by id`,
        [parent],
      ),
  };
}

function toEndedRun(row: Row): EndedRun {
  return {
    run: row.id,
    workspace: row.workspace,
    automation: row.automation,
    version: row.version,
    trigger: row.trigger,
    triggerNode: row.trigger_node,
    workflowId: row.workflow_id,
    state: row.state,
    ...(row.failure === null ? {} : { failure: row.failure }),
    ...(row.parent === null ? {} : { parent: row.parent }),
    startedAt: toMoment(row.started_at),
    finishedAt: toMoment(row.finished_at ?? row.started_at),
  };
}
