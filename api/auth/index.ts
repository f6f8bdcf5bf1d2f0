/**
 * Who asks? The seam of everything about identity: what stands behind `authenticate` may change, routes and sockets see a
 * `Principal` only.
 */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { clientIp } from '../client-ip.ts';
import type { ApiDeps } from '../deps.ts';
import { notFound } from '../problems.ts';
import { isMistypedKey } from './api-key.ts';
import { readSessionCookie } from './cookie.ts';
import type { Principal } from './principal.ts';
import { hashToken } from './secrets.ts';
import { sessionLimits } from './session-limits.ts';

export type { Principal } from './principal.ts';

export type AuthenticateDeps = Pick<ApiDeps, 'db' | 'log' | 'config'>;

/** A whole request, or the headers of one: a look at what is open already is not somebody's doing and keeps no session alive. */
type Asking = { headers: IncomingHttpHeaders } | IncomingMessage;

/**
 * The principal of a request; undefined: no credential, or none that is valid. A wrong API key is nobody, even beside a
 * valid cookie: who sends a key means the key.
 * @throws ApiProblem `not-found` when `Hiviex-Workspace` names a workspace the user is no member of
 */
export function authenticate(request: Asking, deps: AuthenticateDeps): Promise<Principal | undefined> {
  const { authorization } = request.headers;
  return authorization === undefined ? bySession(request, deps) : byKey(authorization, deps);
}

async function byKey(
  authorization: string,
  { db, log }: Pick<ApiDeps, 'db' | 'log'>,
): Promise<Principal | undefined> {
  const key = /^Bearer\s+(\S+)$/i.exec(authorization)?.[1];
  if (!key || isMistypedKey(key)) return undefined;
  const found = await db.asSystem(({ apiKeys }) => apiKeys.find(hashToken(key)));
  if (!found) return undefined;
  if (isDue(found.lastUsedAt))
    db.asSystem(({ apiKeys }) => apiKeys.touch(found.id)).catch((err) =>
      log.warn({ err }, 'an API key could not be marked as used'),
    );
  const { id, name, user, workspace, role, scopes, rateLimit } = found;
  return { by: 'key', key: id, name, user, workspace, role, scopes, rateLimit };
}

async function bySession(
  request: Asking,
  { db, log, config }: AuthenticateDeps,
): Promise<Principal | undefined> {
  const token = readSessionCookie(request, config);
  if (!token) return undefined;
  const header = request.headers['hiviex-workspace'];
  const wanted = typeof header === 'string' ? header : undefined;
  const { idleSeconds } = sessionLimits(config);
  const found = await db.asSystem(({ sessions }) =>
    sessions.find(hashToken(token), { idleSeconds, workspace: wanted }),
  );
  if (!found) return undefined;
  const { id, user, userName, workspace, role, secondFactorDue } = found;
  // Before the second factor nobody learns where the person is a member.
  if (secondFactorDue) return { by: 'session', session: id, user, name: userName, secondFactorDue };
  if (wanted !== undefined && workspace === undefined) throw notFound('workspace');
  if ('socket' in request && isDue(found.lastSeenAt))
    db.asSystem(({ sessions }) => sessions.touch(id, { ip: clientIp(request, config) })).catch((err) =>
      log.warn({ err }, 'a session could not be marked as used'),
    );
  return { by: 'session', session: id, user, name: userName, workspace, role, secondFactorDue };
}

/** Uses are noted once a minute: a busy caller costs no statement per request. */
function isDue(notedAt: string | undefined): boolean {
  return notedAt === undefined || Date.now() - Date.parse(notedAt) > 60_000;
}
