/** What a workspace asked of models and what that cost, from its ledger. */
import type { CallOperation, CallState } from '../../../contracts/models/call.ts';
import type { AnsweredBy } from '../../../contracts/models/chat.ts';
import type { TokenUsage } from '../../../contracts/models/usage.ts';
import type { Failure } from '../../../contracts/run.ts';
import { type Sql, toMoment, toOptionalMoment } from '../../sql.ts';
import { decodeCursor, type Page, toPage } from '../cursor.ts';

export const usageGroups = ['day', 'model', 'provider', 'member', 'agent', 'automation'] as const;
export type UsageGroup = (typeof usageGroups)[number];

export interface UsageRow {
  /** The day (UTC), the model, or the id of what it is by; '' where there is none. */
  key: string;
  calls: number;
  failed: number;
  input: number;
  cached: number;
  output: number;
  reasoning: number;
  /** Micro-units of the calls that have a price. */
  cost: number;
  /** Calls that cost nobody knows what. */
  unpriced: number;
  /** Calls whose tokens are our estimate. */
  estimated: number;
}

export interface RecordedCall {
  id: string;
  key: string;
  operation: CallOperation;
  by: AnsweredBy;
  state: CallState;
  usage: TokenUsage;
  cost: number | null;
  automation?: string | undefined;
  run?: string | undefined;
  node?: string | undefined;
  agent?: string | undefined;
  member?: string | undefined;
  startedAt: string;
  finishedAt?: string | undefined;
  firstTokenMs?: number | undefined;
  failure?: Failure | undefined;
}

/** What one run asked of models, the runs of agents that it delegated to included. */
export interface RunUsage {
  usage: TokenUsage;
  /** Micro-units; null when a model has no price. */
  cost: number | null;
}

export interface ModelUsageRepository {
  /** Days in order; other groups by cost and calls, the most first, 200 at most. Calls under way count from their end. */
  groupBy(group: UsageGroup, between: { from: string; to: string }): Promise<UsageRow[]>;
  /** Newest first. */
  calls(page: { cursor?: string | undefined; limit: number }): Promise<Page<RecordedCall>>;
  /** Of a run of an agent. */
  ofAgentRun(run: string): Promise<RunUsage>;
}

const expressions: Record<UsageGroup, string> = {
  day: `to_char(started_at at time zone 'UTC', 'YYYY-MM-DD')`,
  model: 'model',
  provider: 'provider_name',
  member: `coalesce(member, '')`,
  agent: `coalesce(agent, '')`,
  automation: `coalesce(automation, '')`,
};

export function createModelUsageRepository(sql: Sql, workspace: string): ModelUsageRepository {
  return {
    groupBy: (group, { from, to }) =>
      sql.query<UsageRow>(
        `select ${expressions[group]} as key, count(*)::int as calls,
           count(*) filter (where state in ('failed', 'lost'))::int as failed,
           sum(input)::float8 as input, sum(cached)::float8 as cached, sum(output)::float8 as output,
           sum(reasoning)::float8 as reasoning, coalesce(sum(cost), 0)::float8 as cost,
           count(*) filter (where price is null)::int as unpriced,
           count(*) filter (where estimated)::int as estimated
         from model_calls
         where workspace = $1 and state <> 'open' and started_at >= $2::timestamptz and started_at < $3::timestamptz
         group by 1 order by ${group === 'day' ? '1' : 'cost desc, calls desc, 1'} limit ${group === 'day' ? 400 : 200}`,
        [workspace, from, to],
      ),

    async calls({ cursor, limit }) {
      const after = decodeCursor(cursor);
      const rows = await sql.query<CallRow>(
        `select id, key, operation, provider, provider_name, model, state, input, cached, cache_write, output, reasoning,
           estimated, cost::float8 as cost, automation, run, node, agent, member, started_at, finished_at, first_token_ms, failure
         from model_calls where workspace = $1
           and ($2::timestamptz is null or (started_at, id) < ($2::timestamptz, $3::text))
         order by started_at desc, id desc limit $4`,
        [workspace, after?.at ?? null, after?.id ?? null, limit + 1],
      );
      return toPage(rows, limit, (row) => ({ at: toMoment(row.started_at), id: row.id }), toCall);
    },

    async ofAgentRun(run) {
      const [row] = await sql.query<RunRow>(
        `with recursive family as (
           select $2::text as id
           union select r.id from agent_runs r join family f on r.workspace = $1 and r.parent = 'agent:' || f.id
         )
         select coalesce(sum(input), 0)::float8 as input, coalesce(sum(cached), 0)::float8 as cached,
           coalesce(sum(cache_write), 0)::float8 as cache_write, coalesce(sum(output), 0)::float8 as output,
           coalesce(sum(reasoning), 0)::float8 as reasoning, coalesce(bool_or(estimated), false) as estimated,
           case when bool_or(price is null) then null else coalesce(sum(cost), 0)::float8 end as cost
         from model_calls where workspace = $1 and run in (select id from family) and state <> 'open'`,
        [workspace, run],
      );
      const { cache_write: cacheWrite, cost, ...tokens } = row!;
      return { usage: { ...tokens, cacheWrite }, cost };
    },
  };
}

interface RunRow {
  input: number;
  cached: number;
  cache_write: number;
  output: number;
  reasoning: number;
  estimated: boolean;
  cost: number | null;
}

interface CallRow {
  id: string;
  key: string;
  operation: CallOperation;
  provider: string;
  provider_name: string;
  model: string;
  state: CallState;
  input: number;
  cached: number;
  cache_write: number;
  output: number;
  reasoning: number;
  estimated: boolean;
  cost: number | null;
  automation: string | null;
  run: string | null;
  node: string | null;
  agent: string | null;
  member: string | null;
  started_at: string;
  finished_at: string | null;
  first_token_ms: number | null;
  failure: Failure | null;
}

function toCall(row: CallRow): RecordedCall {
  const { input, cached, cache_write, output, reasoning, estimated } = row;
  const { automation, run, node, agent, member, failure } = row;
  return {
    ...{ id: row.id, key: row.key, operation: row.operation, state: row.state, cost: row.cost },
    by: { provider: row.provider, providerName: row.provider_name, model: row.model },
    usage: { input, cached, cacheWrite: cache_write, output, reasoning, estimated },
    ...withoutNulls({ automation, run, node, agent, member, failure, firstTokenMs: row.first_token_ms }),
    startedAt: toMoment(row.started_at),
    finishedAt: toOptionalMoment(row.finished_at),
  };
}

type WithoutNulls<T> = { [K in keyof T]?: Exclude<T[K], null> };

function withoutNulls<T extends object>(values: T): WithoutNulls<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)) as WithoutNulls<T>;
}
