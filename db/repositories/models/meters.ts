/** Limits by the minute and on calls at once, counted in the transaction that begins a call. */
import type { ModelLimits } from '../../../contracts/models/provider.ts';
import type { Sql } from '../../sql.ts';

export interface MeterLimit {
  /** `workspace`, or the id of a provider. */
  subject: string;
  whose: 'workspace' | 'provider';
  limits: ModelLimits;
}

export type Metered =
  | { kind: 'limited'; whose: MeterLimit['whose']; limit: keyof ModelLimits; retryAfterMs: number }
  /** `count` writes the call down; nothing is written before. */
  | { kind: 'free'; count(): Promise<void> };

/** Until somebody may have finished: nobody can say when. */
const concurrencyRetryMs = 500;

/** @param tokens that the call may take. More than a whole minute allows is let through when the minute is fresh: it would never be. */
export async function checkMeters(
  inside: Sql,
  workspace: string,
  all: readonly MeterLimit[],
  tokens: number,
): Promise<Metered> {
  const set = all
    .filter(({ limits }) => limits.requestsPerMinute || limits.tokensPerMinute || limits.concurrency)
    .toSorted((a, b) => (a.subject < b.subject ? -1 : 1));
  const now = Date.now();
  const minute = Math.floor(now / 60_000);
  const retryAfterMs = (minute + 1) * 60_000 - now;
  for (const { subject, whose, limits } of set) {
    const used = await lockMeter(inside, workspace, subject, minute);
    const { requestsPerMinute, tokensPerMinute, concurrency } = limits;
    if (requestsPerMinute && used.requests >= requestsPerMinute)
      return { kind: 'limited', whose, limit: 'requestsPerMinute', retryAfterMs };
    if (tokensPerMinute && used.tokens > 0 && used.tokens + tokens > tokensPerMinute)
      return { kind: 'limited', whose, limit: 'tokensPerMinute', retryAfterMs };
    if (concurrency && (await openCalls(inside, workspace, subject)) >= concurrency)
      return { kind: 'limited', whose, limit: 'concurrency', retryAfterMs: concurrencyRetryMs };
  }
  return {
    kind: 'free',
    async count() {
      for (const { subject } of set)
        await inside.query(
          'update model_meters set requests = requests + 1, tokens = tokens + $3 where workspace = $1 and subject = $2',
          [workspace, subject, tokens],
        );
    },
  };
}

/** Its row, at zero when its minute is over; nobody else counts until the transaction ends. */
async function lockMeter(
  inside: Sql,
  workspace: string,
  subject: string,
  minute: number,
): Promise<{ requests: number; tokens: number }> {
  const [row] = await inside.query<{ requests: number; tokens: number }>(
    `insert into model_meters as m (workspace, subject, minute, requests, tokens) values ($1, $2, $3, 0, 0)
     on conflict (workspace, subject) do update set minute = excluded.minute,
       requests = case when m.minute = excluded.minute then m.requests else 0 end,
       tokens = case when m.minute = excluded.minute then m.tokens else 0 end
     returning requests, tokens::float8 as tokens`,
    [workspace, subject, minute],
  );
  return row!;
}

async function openCalls(inside: Sql, workspace: string, subject: string): Promise<number> {
  const [row] = await inside.query<{ count: number }>(
    `select count(*)::int as count from model_calls
     where workspace = $1 and state = 'open' and lease_until > now() and ($2 = 'workspace' or provider = $2)`,
    [workspace, subject],
  );
  return row?.count ?? 0;
}
