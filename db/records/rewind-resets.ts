/**
 * A run that an operator reset (in the Temporal UI or CLI) goes on from a former point in an execution of its own, which tells
 * everything from the run's start: replay tells the part that stays. So the record begins anew, once, and what the former execution
 * may still tell counts no more.
 */
import type { Sql } from '../sql.ts';

export async function rewindResets(
  sql: Sql,
  resets: readonly { run: string; execution: string }[],
): Promise<void> {
  for (const { run, execution } of resets) {
    await sql.query(
      `with rewound as (
         update runs set superseded = coalesce(superseded, '[]') || to_jsonb(coalesce(execution, '')), execution = $2,
           state = 'running', state_seq = -1, last_seq = -1, finished_at = null, failure = null, ended_tx = null
         where id = $1 and execution is distinct from $2
           and (superseded is null or not jsonb_exists(superseded, $2)) returning id)
       delete from steps where run in (select id from rewound)`,
      [run, execution],
    );
  }
}
