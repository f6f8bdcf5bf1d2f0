/**
 * What is kept beside runs and goes with them. None of these tables has a foreign key to `runs`: the row of a run may be written
 * after what it told of itself. So retention takes them away by name; `retention-answers.ts` says what becomes of every other table.
 *
 * Each statement has the ids of runs as `$1`, is whole by itself, and does nothing when it is done again.
 */

const ofRuns = (table: string) =>
  `(${table}.workspace, ${table}.run) in (select workspace, id from runs where id = any($1::text[]))`;

/** The run before the first colon of an idempotency key: see the index `step_results_by_run`. */
const results = `delete from step_results where split_part(key, ':', 1) = any($1::text[])`;

/** With the bodies: what people and callers typed. That they were asked and who decided what stays, as states and times do. */
export const takeBodies: readonly string[] = [
  `update approvals set question = question || '{"text":"","items":[]}'::jsonb, items = null, mails = '[]'::jsonb where ${ofRuns('approvals')}`,
  `update approval_decisions set fields = '{}'::jsonb, comment = '' where approval in (
     select id from approvals where ${ofRuns('approvals')})`,
  'delete from form_pages where run = any($1::text[])',
  `update webhook_deliveries set item = null where item is not null and ${ofRuns('webhook_deliveries')}`,
  results,
];

/** With the runs. Decisions go with their approvals. */
export const takeRows: readonly string[] = [
  `delete from approvals where ${ofRuns('approvals')}`,
  'delete from form_pages where run = any($1::text[])',
  'delete from resumptions where run = any($1::text[])',
  'delete from event_waiters where run = any($1::text[])',
  'delete from run_watchers where run = any($1::text[])',
  `delete from webhook_deliveries where ${ofRuns('webhook_deliveries')}`,
  `delete from event_hearings where ${ofRuns('event_hearings')}`,
  results,
];

/** What runs left that are gone, or never were: from before this list, or told by a run whose record was lost. No parameters. */
export const takeOrphans: readonly string[] = [
  ['approvals', 'opened_at'],
  ['form_pages', 'opened_at'],
  ['resumptions', 'claimed_at'],
].map(
  ([table, since]) =>
    `delete from ${table} where ${since} < now() - interval '7 days' and not exists (select 1 from runs where runs.id = ${table}.run)
       and not exists (select 1 from agent_runs where agent_runs.id = ${table}.run)`,
);
