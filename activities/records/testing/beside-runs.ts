/** A row in each table whose rows go with a run, as steps, people and callers make them. */
import { ulid } from 'ulid';
import type { Database } from '../../../db/index.ts';

/** By table the statements that put a row beside a run. `$1` workspace, `$2` automation, `$3` run, `$4` an id of its own. */
export const besideRuns: Readonly<Record<string, readonly string[]>> = {
  approvals: [
    `insert into approvals (id, workspace, automation, automation_name, run, node, node_name, index, question, approvers, mails,
       state, opened_at) values ($4, $1, $2, 'A', $3, 'ask', 'Ask', 0, '{"title":"Pay?","text":"t","items":[{"card":1}]}', '[]',
       '[{"key":"k","to":"ana@example.com"}]', 'approved', now())`,
    `insert into approval_decisions (approval, approver, workspace, name, decision, comment, fields, decided_at)
       values ($4, 'user:1', $1, 'Ana', 'approved', 'fine', '{"amount":1}', now())`,
  ],
  form_pages: [
    `insert into form_pages (run, node, index, workspace, page, opened_at) values ($3, $4, 0, $1, '{}', now())`,
  ],
  resumptions: [
    `insert into resumptions (run, node, index, workspace, delivery, claimed_at) values ($3, $4, 0, $1, 'd', now())`,
  ],
  event_waiters: [
    `insert into event_waiters (run, node, index, workspace, automation, name, since)
       values ($3, $4, 0, $1, $2, 'order.paid', now())`,
  ],
  run_watchers: [`insert into run_watchers (run, workflow_id, workspace) values ($3, $4, $1)`],
  webhook_deliveries: [
    `insert into webhook_deliveries (id, workspace, automation, node, at, method, path, status, run, item)
       values ($4, $1, $2, 'hook', now(), 'POST', 'orders', 202, $3, '{"body":1}')`,
  ],
  event_hearings: [
    `insert into events (id, workspace, name, at, source, data, depth, told_at, retry_at)
       values ($4, $1, 'order.paid', now(), '{}', '{}', 0, now(), now())`,
    `insert into event_hearings (event, automation, node, workspace, automation_name, state, run)
       values ($4, $2, 'hear', $1, 'A', 'started', $3)`,
  ],
  step_results: [
    `insert into step_results (workspace, key, result, created_at) values ($1, $3 || ':node:0:' || $4, '{}', now())`,
  ],
};
export async function putBesideRun(
  sql: Database['sql'],
  table: string,
  { workspace, automation, run }: { workspace: string; automation: string; run: string },
): Promise<void> {
  const values = [workspace, automation, run, ulid()];
  for (const statement of besideRuns[table] ?? []) {
    // Each takes the parameters that it names.
    const named = [1, 2, 3, 4].filter((number) => statement.includes(`$${number}`));
    const text = named.reduce((sum, number, at) => sum.replaceAll(`$${number}`, `$${at + 1}`), statement);
    await sql.query(
      text,
      named.map((number) => values[number - 1]),
    );
  }
}
