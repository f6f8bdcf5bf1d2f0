/** Which models rest, for every process of the workspace: who fails once is not asked by all the others too. */
import type { ModelErrorKind } from '../../../contracts/models/call.ts';
import type { ChainEntry } from '../../../contracts/models/chain.ts';
import { type Sql, toMoment } from '../../sql.ts';

export interface ModelRest {
  provider: string;
  model: string;
  /** One after another. */
  failures: number;
  reason: ModelErrorKind;
  restUntil: string;
}

export interface FailedCall {
  /** Milliseconds to rest, by how often it failed in a row, this time included; 0: it is not to rest. */
  restMs(failures: number): number;
  /** Milliseconds since the call began. */
  tookMs: number;
  /**
   * Calls that were under way when it last failed say nothing new: they count up to here. Otherwise a hundred that are cut off in one
   * moment would be a hundred in a row, and the rest as long as it gets.
   */
  mostAtOnce: number;
}

export interface ModelHealthRepository {
  list(): Promise<ModelRest[]>;
  noteFailure(entry: ChainEntry, reason: ModelErrorKind, failed: FailedCall): Promise<void>;
  noteSuccess(entry: ChainEntry): Promise<void>;
  /** Its rest is over: one may try it, and the others wait `forMs` for what comes of that. @returns whether the asker is the one */
  claimTry(entry: ChainEntry, forMs: number): Promise<boolean>;
}

interface Row {
  provider: string;
  model: string;
  failures: number;
  reason: ModelErrorKind;
  rest_until: string;
}

export function createModelHealthRepository(sql: Sql, workspace: string): ModelHealthRepository {
  const at = 'workspace = $1 and provider = $2 and model = $3';
  return {
    async list() {
      const rows = await sql.query<Row>(
        'select provider, model, failures, reason, rest_until from model_health where workspace = $1',
        [workspace],
      );
      return rows.map(({ rest_until, ...row }) => ({ ...row, restUntil: toMoment(rest_until) }));
    },

    noteFailure: ({ provider, model }, reason, { restMs, tookMs, mostAtOnce }) =>
      sql.transaction(async (inside) => {
        const [row] = await inside.query<{ failures: number }>(
          `insert into model_health as h (workspace, provider, model, failures, reason, rest_until, updated_at)
           values ($1, $2, $3, 1, $4, now(), now())
           on conflict (workspace, provider, model) do update set reason = excluded.reason, updated_at = now(),
             failures = case when h.failures < $6 or h.updated_at < now() - $5 * interval '1 millisecond' then h.failures + 1 else h.failures end
           returning failures`,
          [workspace, provider, model, reason, Math.round(tookMs), mostAtOnce],
        );
        // A longer rest that somebody else was told of stays.
        await inside.query(
          `update model_health set rest_until = greatest(rest_until, now() + $4 * interval '1 millisecond') where ${at}`,
          [workspace, provider, model, restMs(row!.failures)],
        );
      }),

    async noteSuccess({ provider, model }) {
      await sql.query(`delete from model_health where ${at}`, [workspace, provider, model]);
    },

    async claimTry({ provider, model }, forMs) {
      const rows = await sql.query(
        `update model_health set rest_until = now() + $4 * interval '1 millisecond' where ${at} and rest_until <= now()
         returning model`,
        [workspace, provider, model, forMs],
      );
      return rows.length > 0;
    },
  };
}
