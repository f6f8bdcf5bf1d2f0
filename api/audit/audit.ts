/**
 * Writes down who did what. A change that is not written down has not happened: routes await this before they answer.
 *
 *   await audit(deps, { principal, request }, { action: 'group.manage', resource: { type: 'group', id, name }, after: { name } });
 *
 * `before` and `after` hold what changed, as the API shows it: never a secret, a token or a hash.
 */
import type { IncomingMessage } from 'node:http';
import type { JsonObject } from '../../contracts/json.ts';
import type { NewAuditEvent } from '../../db/index.ts';
import type { Principal } from '../auth/principal.ts';
import { clientIp } from '../client-ip.ts';
import type { ApiDeps } from '../deps.ts';

export interface AuditEntry {
  action: string;
  /** Default: `done`. */
  outcome?: NewAuditEvent['outcome'];
  /** Default: the principal's. */
  workspace?: string | undefined;
  /** Default: the principal. */
  actor?: NewAuditEvent['actor'];
  resource?: NewAuditEvent['resource'];
  before?: JsonObject | undefined;
  after?: JsonObject | undefined;
}

export async function audit(
  { db, config }: Pick<ApiDeps, 'db' | 'config'>,
  { principal, request }: { principal?: Principal | undefined; request: IncomingMessage },
  { outcome = 'done', workspace = principal?.workspace, actor = actorOf(principal), ...entry }: AuditEntry,
): Promise<void> {
  const userAgent = request.headers['user-agent'];
  await db.asSystem(({ auditLog }) =>
    auditLog.append({ ...entry, outcome, workspace, actor, ip: clientIp(request, config), userAgent }),
  );
}

export function actorOf(principal: Principal | undefined): NewAuditEvent['actor'] {
  if (!principal) return { type: 'nobody' };
  if (principal.by === 'key') return { type: 'key', id: principal.key, name: principal.name };
  return { type: 'user', id: principal.user, name: principal.name };
}
