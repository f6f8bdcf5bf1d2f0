/**
 * Writes down who did what. Every write of a route gets a row without a word of its handler (`trail.ts`); this is for what happens
 * outside of routes, and for handlers whose action, actor or workspace is not the route's:
 *
 *   await audit(deps, { principal, request }, { action: 'group.manage', resource: { type: 'group', id, name }, after: { name } });
 *
 * `before` and `after` hold what changed, as the API shows it. They are redacted on the way (`redact.ts`), which is a net, not a plan:
 * don't hand in a secret, a token or a hash.
 */
import type { IncomingMessage } from 'node:http';
import type { JsonObject } from '../../contracts/json.ts';
import type { NewAuditEvent } from '../../db/index.ts';
import type { Principal } from '../auth/principal.ts';
import { clientIp } from '../client-ip.ts';
import type { ApiDeps } from '../deps.ts';
import { redact } from './redact.ts';

/** What a handler may add about the write that it does. */
export interface AuditDetails {
  resource?: NewAuditEvent['resource'];
  before?: JsonObject | undefined;
  after?: JsonObject | undefined;
}

export interface AuditEntry extends AuditDetails {
  action: string;
  /** Default: `done`. */
  outcome?: NewAuditEvent['outcome'];
  /** Default: the principal's. */
  workspace?: string | undefined;
  /** Default: the principal. */
  actor?: NewAuditEvent['actor'];
}

/** Requests that have a row of their own: the route's would say it twice. */
const written = new WeakSet<IncomingMessage>();

export function hasAuditRow(request: IncomingMessage): boolean {
  return written.has(request);
}

export async function audit(
  { db, config }: Pick<ApiDeps, 'db' | 'config'>,
  { principal, request }: { principal?: Principal | undefined; request: IncomingMessage },
  { outcome = 'done', workspace = principal?.workspace, actor = actorOf(principal), ...entry }: AuditEntry,
): Promise<void> {
  const { before, after } = entry;
  const userAgent = request.headers['user-agent'];
  const redacted = { before: before && redact(before), after: after && redact(after) };
  await db.asSystem(({ auditLog }) =>
    auditLog.append({
      ...entry,
      ...redacted,
      outcome,
      workspace,
      actor,
      ip: clientIp(request, config),
      userAgent,
    }),
  );
  written.add(request);
}

export function actorOf(principal: Principal | undefined): NewAuditEvent['actor'] {
  if (!principal) return { type: 'nobody' };
  if (principal.by === 'key') return { type: 'key', id: principal.key, name: principal.name };
  return { type: 'user', id: principal.user, name: principal.name };
}
