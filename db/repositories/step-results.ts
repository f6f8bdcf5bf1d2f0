/** Work of a step that may be asked for twice (a crash, a second attempt) and is done once: the second time it gives what it gave. */
import type { JsonValue } from '../../contracts/json.ts';
import type { Sql } from '../sql.ts';

/**
 * All of `work` and its result, or nothing. Two attempts at once wait for each other: the row is written first.
 * @param key of the step (contracts/run.ts); undefined: not by a step, so just do it
 */
export function onceByStep<T extends JsonValue>(
  sql: Sql,
  workspace: string,
  key: string | undefined,
  work: (inside: Sql) => Promise<T>,
): Promise<T> {
  return sql.transaction(async (inside) => {
    if (key === undefined) return await work(inside);
    const begun = await inside.query(
      `insert into step_results (workspace, key, created_at) values ($1, $2, now())
       on conflict (workspace, key) do nothing returning key`,
      [workspace, key],
    );
    if (begun.length === 0) {
      const [row] = await inside.query<{ result: T }>(
        'select result from step_results where workspace = $1 and key = $2',
        [workspace, key],
      );
      if (row) return row.result;
    }
    const result = await work(inside);
    await inside.query('update step_results set result = $3::text::jsonb where workspace = $1 and key = $2', [
      workspace,
      key,
      JSON.stringify(result),
    ]);
    return result;
  });
}

export interface StepResultCleaner {
  /** Of steps that nobody tries again, and keys that have expired: of the whole instance. */
  removeOld(): Promise<void>;
}

export function createStepResultCleaner(sql: Sql): StepResultCleaner {
  return {
    async removeOld() {
      await sql.query(`delete from step_results where created_at < now() - interval '30 days'`);
      await sql.query('delete from key_values where expires_at < now()');
    },
  };
}
