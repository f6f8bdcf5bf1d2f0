/**
 * Writes a batch of both tables in one statement: one round trip, and atomic by itself. Rules that hold whatever comes twice, late or out of order:
 * an older `seq` never overwrites a newer one, and a terminal state never changes again.
 */
import type { Sql } from '../sql.ts';
import { jsonText } from './json-text.ts';
import type { RunRow, StepRow } from './projection.ts';
import { rewindResets } from './rewind-resets.ts';

export interface Batch {
  /** Executions of reset runs among these: written before anything of theirs. */
  resets?: { run: string; execution: string }[];
  runs: RunRow[];
  /** `execution`: that told it, as in a run's header. */
  steps: { run: string; workspace: string; step: StepRow; execution?: string | undefined }[];
}

const ended = `('succeeded', 'failed', 'cancelled', 'skipped')`;

const writeRuns = `
insert into runs (id, workspace, automation, version, trigger, trigger_node, workflow_id, started_at,
  state, state_seq, last_seq, last_event_at, finished_at, failure, response, retry_of,
  parent, parent_node, parent_index, parent_waits, queued_for, execution, started_by, ended_tx)
select row.*, case when row.state in ${ended} then pg_current_xact_id()::text::bigint end from json_to_recordset($1::text::json) as row (
  id text, workspace text, automation text, version text, trigger text, trigger_node text, workflow_id text, started_at timestamptz,
  state text, state_seq int, last_seq int, last_event_at timestamptz, finished_at timestamptz, failure jsonb, response jsonb, retry_of text,
  parent text, parent_node text, parent_index int, parent_waits boolean, queued_for jsonb, execution text, started_by text)
on conflict (id) do update set
  state = case when excluded.state_seq > runs.state_seq and runs.state not in ${ended} then excluded.state else runs.state end,
  finished_at = case when runs.state in ${ended} then runs.finished_at else excluded.finished_at end,
  failure = case when runs.state in ${ended} then runs.failure else excluded.failure end,
  response = coalesce(runs.response, excluded.response),
  queued_for = case when excluded.state_seq > runs.state_seq then excluded.queued_for else runs.queued_for end,
  ended_tx = case when runs.state in ${ended} then runs.ended_tx
    when excluded.state_seq > runs.state_seq then excluded.ended_tx end,
  execution = case when excluded.last_seq > runs.last_seq then coalesce(excluded.execution, runs.execution) else runs.execution end,
  state_seq = greatest(runs.state_seq, excluded.state_seq),
  last_seq = greatest(runs.last_seq, excluded.last_seq),
  last_event_at = greatest(runs.last_event_at, excluded.last_event_at)
where (excluded.last_seq > runs.last_seq or excluded.state_seq > runs.state_seq
  or (runs.response is null and excluded.response is not null))
  and (runs.superseded is null or not jsonb_exists(runs.superseded, coalesce(excluded.execution, '')))`;

/** The end of a step is taken when it is news; the facts of its start are filled in whenever they come. */
const news = `(excluded.last_seq > steps.last_seq and steps.state not in ${ended})`;
const endColumns = [
  'state',
  'finished_at',
  'attempts',
  'outputs',
  'failure',
  'logs',
  'truncated',
  'reused_from',
];

const writeSteps = `
insert into steps (run, node, index, workspace, state, seq, last_seq, started_at, finished_at, until, attempts,
  sources, outputs, failure, logs, truncated, reused_from, key)
select run, node, index, workspace, state, seq, last_seq, started_at, finished_at, until, attempts,
  sources, outputs, failure, logs, truncated, reused_from, key
from json_to_recordset($2::text::json) as row (
  run text, node text, index int, workspace text, state text, seq int, last_seq int, started_at timestamptz, finished_at timestamptz,
  until timestamptz, attempts int, sources jsonb, outputs jsonb, failure jsonb, logs jsonb, truncated jsonb,
  reused_from text, key text, execution text)
where not exists (select 1 from runs where superseded is not null and runs.id = row.run
  and jsonb_exists(superseded, coalesce(row.execution, '')))
on conflict (run, node, index) do update set
  ${endColumns.map((name) => `${name} = case when ${news} then excluded.${name} else steps.${name} end`).join(',\n  ')},
  seq = least(steps.seq, excluded.seq),
  started_at = least(steps.started_at, excluded.started_at),
  until = coalesce(excluded.until, steps.until),
  sources = coalesce(steps.sources, excluded.sources),
  key = coalesce(steps.key, excluded.key),
  last_seq = greatest(steps.last_seq, excluded.last_seq)
where ${news} or (steps.sources is null and excluded.sources is not null)`;

export async function writeRows(sql: Sql, { runs, steps, resets = [] }: Batch): Promise<void> {
  if (runs.length + steps.length === 0) return;
  await rewindResets(sql, resets);
  // In the order of their keys, so that two writers that share rows wait for each other instead of deadlocking.
  const runTexts = runs.toSorted((a, b) => compare(a.header.run, b.header.run)).map(runText);
  const stepTexts = steps
    .toSorted(
      (a, b) => compare(a.run, b.run) || compare(a.step.node, b.step.node) || a.step.index - b.step.index,
    )
    .map(stepText);
  await sql.query(`with written as (${writeSteps}) ${writeRuns}`, [
    `[${runTexts.join(',')}]`,
    `[${stepTexts.join(',')}]`,
  ]);
}

function runText({ header, ...run }: RunRow): string {
  const plain = jsonText({
    id: header.run,
    workspace: header.workspace,
    automation: header.automation,
    version: header.version,
    trigger: header.trigger,
    trigger_node: header.triggerNode,
    workflow_id: header.workflowId,
    started_at: moment(header.startedAt),
    retry_of: header.retryOf,
    execution: header.execution,
    started_by: header.startedBy,
    // A batch with events but none about the state is of a run that runs; -1 keeps it from overruling what is stored.
    state: run.stateSeq < 0 && run.lastSeq >= 0 ? 'running' : run.state,
    state_seq: run.stateSeq,
    last_seq: run.lastSeq,
    last_event_at: moment(run.lastEventAt),
    finished_at: moment(run.finishedAt),
    ...(header.parent && {
      parent: header.parent.run,
      parent_node: header.parent.node,
      parent_index: header.parent.index,
      parent_waits: header.parent.waits,
    }),
    queued_for: run.queuedFor,
  });
  return withTexts(plain, { failure: run.failure, response: run.response });
}

function stepText({ run, workspace, step, execution }: Batch['steps'][number]): string {
  const plain = jsonText({
    run,
    workspace,
    node: step.node,
    index: step.index,
    state: step.state,
    seq: step.seq,
    last_seq: step.lastSeq,
    started_at: moment(step.startedAt),
    finished_at: moment(step.finishedAt),
    until: moment(step.until),
    attempts: step.attempts,
    reused_from: step.reusedFrom,
    key: step.key,
    execution,
  });
  const { sources, outputs, failure, logs, truncated } = step;
  return withTexts(plain, { sources, outputs, failure, logs, truncated });
}

/** Puts texts that are JSON already into an object's text, so that outputs are written out once only. */
function withTexts(object: string, texts: Record<string, string | undefined>): string {
  let result = object.slice(0, -1);
  for (const [name, text] of Object.entries(texts)) {
    if (text !== undefined) result += `,"${name}":${text}`;
  }
  return `${result}}`;
}

function moment(at: number | undefined): string | undefined {
  return at === undefined ? undefined : new Date(at).toISOString();
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
