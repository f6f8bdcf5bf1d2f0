/** Calls whose maker died: nobody can say what they cost, so what was sent is estimated, and their budgets get the rest back. */
import { noUsage } from '../../../contracts/models/usage.ts';
import type { Failure } from '../../../contracts/run.ts';
import type { Sql } from '../../sql.ts';
import { settleCall } from './settle.ts';

const failure: Failure = {
  code: 'model-call-lost',
  message: 'The process that made this call ended before the answer came.',
  hint: 'The step is tried again by itself. The provider may have billed the lost call: its cost here is an estimate of what was sent.',
};

/** @returns whether it was open until now */
export async function loseCall(sql: Sql, id: string): Promise<boolean> {
  const settled = await settleCall(sql, id, ({ input }) => ({
    state: 'lost',
    usage: { ...noUsage, input, estimated: true },
    failure,
  }));
  return settled !== undefined;
}

export interface LostCallFinder {
  /** Of the whole instance. @returns how many calls were given up */
  settleLapsed(): Promise<number>;
  /** Answers that nobody asks for again. */
  forgetAnswers(): Promise<void>;
}

/** Beyond the lease: clocks differ, and who is late by a moment settles itself. */
const graceSeconds = 15;

export function createLostCallFinder(sql: Sql): LostCallFinder {
  return {
    async settleLapsed() {
      let lost = 0;
      for (;;) {
        const rows = await sql.query<{ id: string }>(
          `select id from model_calls where state = 'open' and lease_until < now() - $1 * interval '1 second'
           order by lease_until limit 100`,
          [graceSeconds],
        );
        for (const { id } of rows) if (await loseCall(sql, id)) lost += 1;
        if (rows.length < 100) return lost;
      }
    },

    async forgetAnswers() {
      await sql.query(
        `update model_calls set answer = null where answer is not null and finished_at < now() - interval '30 days'`,
      );
    },
  };
}
