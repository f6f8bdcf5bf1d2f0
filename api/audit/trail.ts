/**
 * The audit row of one request to a route, so that no handler can forget it:
 * - a write that is done: one row under its action, with what the handler noted;
 * - refused (an API key that is none, a missing right, an id that leads nowhere, a spent rate limit) or a write that broke: one row
 *   per actor, action and minute (`row-rate.ts`). Not a request that was merely wrong: a form filled in badly is no attack.
 *
 * A read that succeeds has no row, and neither has a repeated answer to an `Idempotency-Key`: nothing was done.
 */
import type { Request } from 'express';
import { type ProblemCode, problems } from '../../contracts/problems.ts';
import type { Principal } from '../auth/principal.ts';
import { clientIp } from '../client-ip.ts';
import type { ApiDeps } from '../deps.ts';
import { networkOf } from '../limits/network-of.ts';
import type { ApiProblem } from '../problems.ts';
import type { Reply, Route } from '../route.ts';
import { type AuditDetails, actorOf, audit, hasAuditRow } from './audit.ts';
import { createRowRate, type RowRate } from './row-rate.ts';

export interface Trail {
  /** Once it is known who asks. */
  knows(principal: Principal | undefined): void;
  note(details: AuditDetails): void;
  /** @throws what the database throws: a change that can't be written down is not reported as done */
  done(reply: Reply): Promise<void>;
  /** Never rejects: the caller is to be told of the problem, not of ours. */
  failed(problem: ApiProblem): Promise<void>;
}

/** Of one API: which refusals and which frequent writes get a row. */
export interface AuditRates {
  refused: RowRate;
  often: RowRate;
}

export function createAuditRates(): AuditRates {
  return { refused: createRowRate(), often: createRowRate() };
}

/** Longest id of a path that is kept, in characters: anything may stand there. */
const longestId = 64;

export function createTrail(
  deps: Pick<ApiDeps, 'db' | 'config' | 'log'>,
  { refused, often }: AuditRates,
  route: Route,
  request: Request,
): Trail {
  const isWrite = route.method !== 'get';
  const isOften = route.audit === 'by-minute';
  const action = typeof route.audit === 'string' && !isOften ? route.audit : nameOf(route);
  let principal: Principal | undefined;
  let details: AuditDetails = {};
  const resource = (reply?: Reply) => details.resource ?? resourceOf(action, request, reply);

  return {
    knows(known) {
      principal = known;
    },
    note(more) {
      details = { ...details, ...more };
    },
    async done(reply) {
      const replayed = reply.headers?.['idempotent-replayed'] !== undefined;
      if (!isWrite || route.audit === false || replayed || hasAuditRow(request)) return;
      const entry = { ...details, action, resource: resource(reply) };
      const times = isOften && principal?.by === 'key' ? often.count(keyOf(principal.key, entry)) : 1;
      if (times === undefined) return;
      await audit(
        deps,
        { principal, request },
        {
          ...entry,
          outcome: reply.status >= 500 ? 'failed' : 'done',
          ...(times > 1 && { after: { ...entry.after, times } }),
        },
      );
    },
    async failed({ code }) {
      const outcome = outcomeOf(code, { isWrite, principal, request });
      if (!outcome || hasAuditRow(request)) return;
      const what = code === 'unauthorized' ? 'credential.use' : action;
      const actor = actorOf(principal);
      const who = actor.id ?? networkOf(clientIp(request, deps.config));
      const times = refused.count([actor.type, who, what, code].join(' '));
      if (times === undefined) return;
      const after = { problem: code, ...(times > 1 && { times }) };
      const entry = { ...details, action: what, outcome, resource: resource(), after };
      await audit(deps, { principal, request }, entry).catch((err) =>
        deps.log.error({ err, action: what, code }, 'a refusal could not be audited'),
      );
    },
  };
}

function keyOf(key: string, { action, resource }: { action: string; resource: AuditDetails['resource'] }) {
  return [key, action, resource?.id].join(' ');
}

const alwaysRefused: ReadonlySet<ProblemCode> = new Set([
  ...(['forbidden', 'rate-limited'] as const),
  ...(['invitation-invalid', 'invitation-for-another', 'email-taken'] as const),
]);

function outcomeOf(
  code: ProblemCode,
  { isWrite, principal, request }: { isWrite: boolean; principal: Principal | undefined; request: Request },
): 'refused' | 'failed' | undefined {
  if (alwaysRefused.has(code)) return 'refused';
  // A visitor without a credential is on the way to the sign-in page.
  if (code === 'unauthorized')
    return principal || request.headers.authorization !== undefined ? 'refused' : undefined;
  // Foreign or absent, we can't tell without looking into other workspaces, and need not: both are for whoever reads the log.
  if (code === 'not-found') return principal ? 'refused' : undefined;
  return isWrite && principal && problems[code].status >= 500 ? 'failed' : undefined;
}

/** The action that the policy knows; before one is signed in, the route itself: `post /session`. */
function nameOf({ auth, method, path }: Route): string {
  return auth.includes('.') ? auth : `${method} ${path}`;
}

/** Of `automation.publish` on /automations/:id it is that automation; of one that was just made, what the answer says. */
function resourceOf(action: string, request: Request, reply?: Reply): AuditDetails['resource'] {
  const type = /^([\w-]+)\./.exec(action)?.[1];
  if (!type) return undefined;
  const body = (reply?.body ?? {}) as { id?: unknown; name?: unknown };
  const [inPath] = Object.values(request.params as Record<string, string>);
  const id = inPath?.slice(0, longestId) ?? (typeof body.id === 'string' ? body.id : undefined);
  const name = body.id === id && typeof body.name === 'string' ? body.name : undefined;
  return { type, id, name };
}
