/** Keeps one row that the database refuses (for what it holds, not because it is away) from holding up all others. */
import type { Log } from '../log.ts';
import type { Sql } from '../sql.ts';
import type { StepRow } from './projection.ts';
import { type Batch, writeRows } from './write-rows.ts';

/** @throws what `writeRows` throws while the database is away; refused rows are written without their data, and logged. */
export async function writeWhatTakes(sql: Sql, batch: Batch, log: Log): Promise<void> {
  try {
    await writeRows(sql, batch);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    for (const step of batch.steps) {
      const without: StepRow = { ...step.step };
      for (const name of ['outputs', 'failure', 'logs', 'sources'] as const) delete without[name];
      const facts = { run: step.run, node: step.step.node, index: step.step.index };
      await orElse(sql, log, facts, { runs: [], steps: [step] }, [{ ...step, step: without }]);
    }
    for (const run of batch.runs) {
      await orElse(sql, log, { run: run.header.run }, { runs: [run], steps: [] }, []);
    }
  }
}

async function orElse(
  sql: Sql,
  log: Log,
  facts: object,
  batch: Batch,
  fallback: Batch['steps'],
): Promise<void> {
  try {
    await writeRows(sql, batch);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    log.error({ ...facts, err: error }, 'The database refused a run record; its data was left out');
    const bare = batch.runs.map(({ failure: _f, response: _r, ...run }) => run);
    await writeRows(sql, { runs: bare, steps: fallback }).catch((again: unknown) => {
      if (!isRefusal(again)) throw again;
      log.error({ ...facts, err: again }, 'The database refused a run record; it is lost');
    });
  }
}

/** SQLSTATE classes 21 to 23 and 54: wrong or too large data. Everything else passes when the database is well again. */
function isRefusal(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return /^(2[123]|54)/.test(code);
}
