/**
 * The ledger of calls to models. `begin` checks limits and budgets and reserves what a call may cost at most, in one transaction that
 * holds the rows it counts on: many at once can't pass a budget together. `settle` puts what it did cost in place of that.
 *
 * Rows are locked in one order everywhere, meters before accounts and each sorted, so that nobody waits in a circle.
 */
import { ulid } from 'ulid';
import type { JsonValue } from '../../../contracts/json.ts';
import { type BudgetRule, type CallOwner, periodOf, subjectOf } from '../../../contracts/models/budget.ts';
import type { CallOperation } from '../../../contracts/models/call.ts';
import type { AnsweredBy } from '../../../contracts/models/chat.ts';
import { costOf, type ModelPrice } from '../../../contracts/models/price.ts';
import type { ModelLimits } from '../../../contracts/models/provider.ts';
import { noUsage } from '../../../contracts/models/usage.ts';
import type { Sql } from '../../sql.ts';
import { budgetColumns } from './budgets.ts';
import type { Hold } from './hold.ts';
import { loseCall } from './lost-calls.ts';
import { checkMeters, type MeterLimit } from './meters.ts';
import { type Settlement, settleCall } from './settle.ts';

export interface CallToBegin {
  /** Of the work that asks: a second call by the same key is answered with what the first one gave. */
  key: string;
  operation: CallOperation;
  by: AnsweredBy;
  owner: CallOwner;
  /** Tokens that it takes at most: an estimate of what is sent, and what may come back. */
  most: { input: number; output: number };
  /** Null: nobody has said what the model costs. */
  price: ModelPrice | null;
  limits: { workspace: ModelLimits; provider: ModelLimits };
  /** Milliseconds for which nobody else takes it for dead. */
  leaseMs: number;
}

export type BegunCall =
  | { kind: 'begun'; id: string }
  /** It was made before. */
  | { kind: 'answered'; answer: JsonValue }
  /** Another process makes it right now. Ask again after `forMs` at the latest. */
  | { kind: 'in-flight'; forMs: number }
  | { kind: 'limited'; whose: 'workspace' | 'provider'; limit: keyof ModelLimits; retryAfterMs: number }
  | { kind: 'over-budget'; budget: BudgetRule & { id: string }; left: number; needed: number }
  /** A budget of money can't be kept with it. */
  | { kind: 'not-priced' };

export interface ModelLedger {
  begin(call: CallToBegin): Promise<BegunCall>;
  /** It goes on. @returns false when it was given up meanwhile; it may be settled all the same */
  renew(id: string, leaseMs: number): Promise<boolean>;
  /** @returns what it cost; null without a price */
  settle(id: string, settlement: Settlement): Promise<number | null>;
}

export function createModelLedger(sql: Sql, workspace: string): ModelLedger {
  return {
    async begin(call) {
      for (;;) {
        const begun = await sql.transaction((inside) => beginIn(inside, workspace, call));
        if (begun.kind !== 'lapsed') return begun;
        await loseCall(sql, begun.id);
      }
    },

    async renew(id, leaseMs) {
      const rows = await sql.query(
        `update model_calls set lease_until = now() + $3 * interval '1 millisecond'
         where workspace = $1 and id = $2 and state = 'open' returning id`,
        [workspace, id, leaseMs],
      );
      return rows.length > 0;
    },

    async settle(id, settlement) {
      return (await settleCall(sql, id, settlement))?.cost ?? null;
    },
  };
}

type Before =
  | Extract<BegunCall, { kind: 'answered' | 'in-flight' }>
  /** Whoever made it says nothing any more. */
  | { kind: 'lapsed'; id: string };

async function findByKey(inside: Sql, workspace: string, key: string): Promise<Before | undefined> {
  const [row] = await inside.query<{ id: string; answer: JsonValue; for_ms: number | null }>(
    `select id, answer, case state when 'open' then (extract(epoch from lease_until - now()) * 1000)::float8 end as for_ms
     from model_calls where workspace = $1 and key = $2 and (state = 'open' or (state = 'succeeded' and answer is not null))
     order by state = 'open' limit 1`,
    [workspace, key],
  );
  if (!row) return undefined;
  if (row.for_ms === null) return { kind: 'answered', answer: row.answer };
  return row.for_ms > 0
    ? { kind: 'in-flight', forMs: Math.ceil(row.for_ms) }
    : { kind: 'lapsed', id: row.id };
}

async function findAnswer(
  inside: Sql,
  workspace: string,
  key: string,
): Promise<Extract<BegunCall, { kind: 'answered' }> | undefined> {
  const [row] = await inside.query<{ answer: JsonValue }>(
    `select answer from model_calls where workspace = $1 and key = $2 and state = 'succeeded' and answer is not null limit 1`,
    [workspace, key],
  );
  return row && { kind: 'answered', answer: row.answer };
}

async function beginIn(inside: Sql, workspace: string, call: CallToBegin): Promise<BegunCall | Before> {
  const before = await findByKey(inside, workspace, call.key);
  if (before) return before;
  const { key, by, owner, most, price, operation } = call;
  const limits: MeterLimit[] = [
    { subject: 'workspace', whose: 'workspace', limits: call.limits.workspace },
    { subject: by.provider, whose: 'provider', limits: call.limits.provider },
  ];
  const metered = await checkMeters(inside, workspace, limits, most.input + most.output);
  if (metered.kind === 'limited') return metered;

  const rules = await inside.query<BudgetRule & { id: string }>(
    `select ${budgetColumns} from model_budgets where workspace = $1 order by id`,
    [workspace],
  );
  const holds = holdsOf(rules, call, new Date());
  if (holds === 'not-priced') return { kind: 'not-priced' };
  for (const hold of holds) {
    const account = await lockAccount(inside, workspace, hold);
    const budget = rules.find(({ id }) => id === hold.budget)!;
    const left = budget.limit - account.spent - account.reserved;
    if (left < hold.reserved || (left <= 0 && hold.reserved > 0))
      return { kind: 'over-budget', budget, left: Math.max(0, left), needed: hold.reserved };
  }

  const id = ulid();
  const [made] = await inside.query(
    `insert into model_calls (id, workspace, key, operation, provider, provider_name, model, state, automation, run, node,
       agent, member, started_at, lease_until, input, cached, cache_write, output, reasoning, estimated, price, holds)
     values ($1, $2, $3, $4, $5, $6, $7, 'open', $8, $9, $10, $11, $12, now(), now() + $13 * interval '1 millisecond',
       $14, 0, 0, $15, 0, true, $16::text::jsonb, $17::text::jsonb)
     on conflict (workspace, key) where state = 'open' do nothing returning id`,
    [
      ...[id, workspace, key, operation, by.provider, by.providerName, by.model],
      ...[owner.automation, owner.run, owner.node, owner.agent, owner.member].map((value) => value ?? null),
      ...[call.leaseMs, most.input, most.output, price && JSON.stringify(price), JSON.stringify(holds)],
    ],
  );
  // Somebody with the same key was quicker. Nothing was reserved yet.
  if (!made) return { kind: 'in-flight', forMs: call.leaseMs };
  // Or was quicker still, and has ended since we looked.
  const answered = await findAnswer(inside, workspace, key);
  if (answered) {
    await inside.query('delete from model_calls where id = $1', [id]);
    return answered;
  }
  await metered.count();
  for (const { budget, subject, period, reserved } of holds)
    await inside.query(
      `update model_accounts set reserved = reserved + $4::bigint where budget = $1 and subject = $2 and period = $3`,
      [budget, subject, period, reserved],
    );
  return { kind: 'begun', id };
}

/** One for each budget that the call counts for, sorted as they are to be locked. */
function holdsOf(
  rules: (BudgetRule & { id: string })[],
  { owner, most, price }: CallToBegin,
  now: Date,
): Hold[] | 'not-priced' {
  const holds: Hold[] = [];
  for (const { id, scope, target, unit, period } of rules) {
    const subject = subjectOf({ scope, ...(target && { target }) }, owner);
    if (subject === undefined) continue;
    if (unit === 'money' && price === null) return 'not-priced';
    const reserved = unit === 'money' ? dearest(price!, most) : most.input + most.output;
    holds.push({ budget: id, subject, period: periodOf(period, now), unit, reserved, settled: 0 });
  }
  return holds;
}

/** What is written to a cache may cost more than what is only read. */
function dearest(price: ModelPrice, { input, output }: CallToBegin['most']): number {
  const usage = { ...noUsage, input, output };
  return Math.max(costOf(price, usage), costOf(price, { ...usage, cacheWrite: input }));
}

async function lockAccount(
  inside: Sql,
  workspace: string,
  { budget, subject, period }: Hold,
): Promise<{ spent: number; reserved: number }> {
  const [row] = await inside.query<{ spent: number; reserved: number }>(
    `insert into model_accounts (budget, subject, period, workspace, spent, reserved) values ($1, $2, $3, $4, 0, 0)
     on conflict (budget, subject, period) do update set reserved = model_accounts.reserved
     returning spent::float8 as spent, reserved::float8 as reserved`,
    [budget, subject, period, workspace],
  );
  return row!;
}
