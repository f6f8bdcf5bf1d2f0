/** Rows as a busy workspace has them, made by the database itself: 200 automations, few of which have most runs, and rare states. */
import type pg from 'pg';

export async function fillRuns(
  client: InstanceType<typeof pg.Client>,
  workspace: string,
  rows: number,
): Promise<void> {
  await client.query('set role hiviex_system');
  await client.query(
    `insert into runs (id, workspace, automation, version, trigger, trigger_node, workflow_id, state, state_seq, last_seq,
       started_at, finished_at, last_event_at)
     select 'R' || lpad(n::text, 12, '0'), $1, automation, automation || '-v' || (1 + n % 7),
       case when n % 1000 = 0 then 'mail' when n % 10 < 7 then 'webhook' when n % 10 < 9 then 'schedule' else 'manual' end, 'start',
       'automation:' || $1 || ':' || automation || ':R' || lpad(n::text, 12, '0'),
       state, 9, 9, began, case when state in ('succeeded', 'failed', 'cancelled') then began + interval '1 second' end, began
     from (select n, 'automation-' || (200 * power(random(), 3))::int as automation,
         timestamptz '2026-01-01' + n * interval '5 seconds' as began,
         -- The first automation of all never fails: looking for its failures finds nothing among half of the rows.
         case when n % 50000 = 0 then 'waiting' when n % 100000 = 1 then 'running' when n % 5000 = 2 then 'cancelled'
           when n % 40 = 3 then 'failed' else 'succeeded' end as state
       from generate_series(1, $2::int) as n) as made
     where not (automation = 'automation-0' and state = 'failed')`,
    [workspace, rows],
  );
  await client.query('reset role');
  await client.query('vacuum analyze runs');
}
