/**
 * Ends a call of the ledger: its row gets what it took, and its budgets give back what was reserved and take what was spent, all in
 * one transaction. A call that was given up as lost may be settled again by whoever made it: the budgets take the difference.
 */
import type { JsonValue } from '../../../contracts/json.ts';
import type { CallState } from '../../../contracts/models/call.ts';
import { costOf, type ModelPrice } from '../../../contracts/models/price.ts';
import { type TokenUsage, totalTokens } from '../../../contracts/models/usage.ts';
import type { Failure } from '../../../contracts/run.ts';
import type { Sql } from '../../sql.ts';
import type { Hold } from './hold.ts';

export interface Settlement {
  state: Exclude<CallState, 'open'>;
  usage: TokenUsage;
  firstTokenMs?: number | undefined;
  failure?: Failure | undefined;
  /** Kept for whoever asks again by the same key. */
  answer?: JsonValue | undefined;
}

interface Row {
  workspace: string;
  state: CallState;
  price: ModelPrice | null;
  holds: Hold[];
  provider: string;
  input: number;
  output: number;
  minute: number;
}

/** @returns what it cost, null without a price; undefined when it is settled already, and nothing was changed */
export function settleCall(
  sql: Sql,
  id: string,
  settlement: Settlement | ((row: { input: number }) => Settlement),
): Promise<{ cost: number | null } | undefined> {
  return sql.transaction(async (inside) => {
    const [row] = await inside.query<Row>(
      `select workspace, state, price, holds, provider, input, output,
         floor(extract(epoch from started_at) / 60)::int as minute
       from model_calls where id = $1 and state in ('open', 'lost') for update`,
      [id],
    );
    if (!row) return undefined;
    const { state, usage, firstTokenMs, failure, answer } =
      typeof settlement === 'function' ? settlement(row) : settlement;
    if (state === 'lost' && row.state === 'lost') return undefined;
    const cost = row.price && costOf(row.price, usage);
    const tokens = totalTokens(usage);

    // What the estimate took too much of the minute is free again.
    const surplus = row.state === 'open' ? tokens - totalTokens(row) : 0;
    for (const subject of ['workspace', row.provider].sort())
      await inside.query(
        `update model_meters set tokens = greatest(0, tokens + $4)
         where workspace = $1 and subject = $2 and minute = $3`,
        [row.workspace, subject, row.minute, surplus],
      );

    const holds = row.holds.map((hold) => ({
      ...hold,
      reserved: 0,
      settled: hold.unit === 'money' ? (cost ?? 0) : tokens,
    }));
    for (const [index, { budget, subject, period, reserved, settled }] of row.holds.entries())
      await inside.query(
        `update model_accounts set reserved = greatest(0, reserved - $4::bigint), spent = spent + $5::bigint
         where budget = $1 and subject = $2 and period = $3`,
        [budget, subject, period, reserved, holds[index]!.settled - settled],
      );

    await inside.query(
      `update model_calls set state = $2, finished_at = now(), first_token_ms = $3, input = $4, cached = $5,
         cache_write = $6, output = $7, reasoning = $8, estimated = $9, cost = $10, holds = $11::text::jsonb,
         failure = $12::text::jsonb, answer = $13::text::jsonb
       where id = $1`,
      [
        ...[id, state, firstTokenMs ?? null, usage.input, usage.cached, usage.cacheWrite, usage.output],
        ...[usage.reasoning, usage.estimated, cost, JSON.stringify(holds)],
        failure === undefined ? null : JSON.stringify(failure),
        answer === undefined ? null : JSON.stringify(answer),
      ],
    );
    return { cost };
  });
}
