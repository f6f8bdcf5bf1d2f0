/**
 * Rate limits of requests. A meter counts one request against the budgets of its class, as soon as each subject is known, and says
 * on the answer what is left (draft-ietf-httpapi-ratelimit-headers):
 *
 *   const meter = limits.meter('write', response);
 *   await meter.count({ ip });
 *   await meter.count({ credential, workspace });
 *   await meter.settle(true);
 *
 * When counting fails, requests pass and the log says so: our counter must not be what stops them. Signing in does stop: whoever
 * can break the counter could guess passwords.
 */
import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Config } from '../../contracts/config.ts';
import { minute, type RateClass, type RateSubject } from '../../contracts/rate-limits.ts';
import { text } from '../../contracts/text.ts';
import type { Database } from '../../db/index.ts';
import { ApiProblem } from '../problems.ts';
import { createCounters } from './counters.ts';
import { type Budget, createLimiter, type Limiter, type Verdict } from './limiter.ts';
import { networkOf } from './network-of.ts';

/** Whom a request is counted for; what is undefined is not. */
export type Subjects = { [S in RateSubject]?: string | undefined } & {
  /** Of an API key with a limit of its own, requests a minute: it takes the place of its class's. */
  ownLimit?: number | undefined;
};

export interface Meter {
  /** @throws ApiProblem `rate-limited`; `unavailable` when a sign-in can't be counted */
  count(subjects: Subjects): Promise<void>;
  /** To be called when the request is answered: of sign-ins only those that failed stay counted. Never rejects. */
  settle(succeeded: boolean): Promise<void>;
}

export interface RateLimits {
  meter(rateClass: RateClass, response: ServerResponse): Meter;
}

type Named = Budget & { name: string };

export function createRateLimits({
  db,
  config,
  log,
}: {
  db: Pick<Database, 'kind' | 'sql'>;
  config: Pick<Config, 'HIVIEX_RATE_LIMITS'>;
  log: Logger;
}): RateLimits {
  const limiter = createLimiter(createCounters(db));
  const limits = config.HIVIEX_RATE_LIMITS;

  const budgetsOf = (rateClass: RateClass, { ownLimit, ...subjects }: Subjects): Named[] => {
    const { seconds, ...most } = limits?.[rateClass] ?? { seconds: minute };
    return Object.entries(subjects).flatMap(([kind, id]): Named[] => {
      if (id === undefined) return [];
      if (kind === 'credential' && ownLimit !== undefined)
        return [{ name: 'key', key: `key:${id}`, limit: ownLimit, seconds: minute }];
      const subject = kind as RateSubject;
      const limit = most[subject];
      const name = `${rateClass}-${subject}`;
      return limit === undefined ? [] : [{ name, key: `${name}:${keyOf(subject, id)}`, limit, seconds }];
    });
  };

  return {
    meter(rateClass, response) {
      const counted: Named[] = [];
      return {
        async count(subjects) {
          for (const budget of budgetsOf(rateClass, subjects)) {
            const verdict = await taken(budget, limiter, rateClass, log);
            if (!verdict) continue;
            counted.push(budget);
            announce(response, budget, verdict);
            if (!verdict.allowed) throw rateLimited(budget, verdict);
          }
        },
        async settle(succeeded) {
          if (rateClass !== 'sign-in' || !succeeded) return;
          for (const budget of counted)
            await limiter
              .giveBack(budget)
              .catch((err) => log.warn({ err, budget: budget.name }, 'a sign-in stays counted'));
        },
      };
    },
  };
}

/** Undefined: it could not be counted, and the request may pass. */
async function taken(
  budget: Named,
  limiter: Limiter,
  rateClass: RateClass,
  log: Logger,
): Promise<Verdict | undefined> {
  try {
    return await limiter.take(budget);
  } catch (err) {
    log.error({ err, budget: budget.name }, 'a request could not be counted against its rate limit');
    if (rateClass !== 'sign-in') return undefined;
    throw new ApiProblem('unavailable', { what: text('Sign-in', 'A entrada') });
  }
}

/** E-mail addresses are personal, and as long as somebody likes: only their hash is kept. */
function keyOf(subject: RateSubject, id: string): string {
  if (subject === 'ip') return networkOf(id);
  if (subject !== 'address') return id;
  return createHash('sha256').update(id.trim().toLowerCase()).digest('base64url');
}

function announce(response: ServerResponse, { name, limit, seconds }: Named, verdict: Verdict): void {
  if (response.headersSent) return;
  const { remaining, msLeft } = verdict;
  append(response, 'RateLimit-Policy', `"${name}";q=${limit};w=${seconds}`);
  append(response, 'RateLimit', `"${name}";r=${remaining};t=${Math.ceil(msLeft / 1_000)}`);
}

function append(response: ServerResponse, name: string, item: string): void {
  const former = response.getHeader(name);
  response.setHeader(name, former === undefined ? item : `${former}, ${item}`);
}

function rateLimited({ limit, seconds }: Named, { msLeft }: Verdict): ApiProblem {
  const wait = Math.max(1, Math.ceil(msLeft / 1_000));
  const allowed = text(`${limit} in ${seconds} s are allowed`, `o limite é ${limit} em ${seconds} s`);
  return new ApiProblem(
    'rate-limited',
    { limit: allowed, seconds: wait },
    { headers: { 'retry-after': `${wait}` } },
  );
}
