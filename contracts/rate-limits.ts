/**
 * How often who may do what. Every route is of one class; a request is counted for each of the class's budgets that applies to it,
 * and refused when one is spent. HIVIEX_RATE_LIMITS changes single numbers:
 *
 *   HIVIEX_RATE_LIMITS='{"write":{"ip":600},"sign-in":{"address":5}}'      or      HIVIEX_RATE_LIMITS=off
 */
import { z } from 'zod';

/**
 * `read` and `write`: by method. `run`: starts or ends runs. `sign-in`: proves who somebody is; only what fails is counted.
 * `mail`: sends a message to an address. `webhook`: calls of `/hooks`. `form`: forms and decisions sent by people without an account. `picture`:
 * pictures that are fetched from other hosts.
 */
export const rateClasses = ['read', 'write', 'run', 'sign-in', 'mail', 'webhook', 'form', 'picture'] as const;
export type RateClass = (typeof rateClasses)[number];

/**
 * What a budget is kept for: where the request comes from (an IPv4 address, an IPv6 network of 64 bits), the person or API key, the
 * workspace, or the e-mail address that the request names.
 */
export const rateSubjects = ['ip', 'credential', 'workspace', 'address'] as const;
export type RateSubject = (typeof rateSubjects)[number];

/** Requests per `seconds`, for each subject that is named; a subject that is not has no limit. */
export type RateBudget = { seconds: number } & { [S in RateSubject]?: number | undefined };
export type RateLimits = Record<RateClass, RateBudget>;

/** A minute, in seconds: the window of most budgets, and that of a key's own limit. */
export const minute = 60;

/** Above what people and their programs do in earnest, below what hurts the others. */
export const defaultRateLimits: RateLimits = {
  read: { seconds: minute, ip: 12_000, credential: 6_000, workspace: 30_000 },
  write: { seconds: minute, ip: 6_000, credential: 3_000, workspace: 12_000 },
  run: { seconds: minute, ip: 24_000, credential: 24_000, workspace: 36_000 },
  'sign-in': { seconds: 5 * minute, ip: 60, credential: 20, address: 20 },
  mail: { seconds: 15 * minute, ip: 60, credential: 60, workspace: 120, address: 8 },
  webhook: { seconds: minute, ip: 120_000, workspace: 120_000 },
  form: { seconds: minute, ip: 60, workspace: 6_000 },
  picture: { seconds: minute, ip: 300, workspace: 600 },
};

const points = z.int().min(1).max(1_000_000_000);
const budget = z.strictObject({
  seconds: z.int().min(1).max(86_400).optional(),
  ip: points.optional(),
  credential: points.optional(),
  workspace: points.optional(),
  address: points.optional(),
});
const changes = z.partialRecord(z.enum(rateClasses), budget);

/** The text of HIVIEX_RATE_LIMITS → the limits; undefined: there are none. */
export const rateLimits = z.string().transform((text, context): RateLimits | undefined => {
  if (text === 'off') return undefined;
  const parsed = changes.safeParse(parse(text));
  if (parsed.success) return withChanges(parsed.data);
  context.addIssue({ code: 'custom', message: `has to be "off" or JSON: ${z.prettifyError(parsed.error)}` });
  return z.NEVER;
});

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function withChanges(changed: z.output<typeof changes>): RateLimits {
  const merged = rateClasses.map((name) => [name, { ...defaultRateLimits[name], ...changed[name] }]);
  return Object.fromEntries(merged) as RateLimits;
}
