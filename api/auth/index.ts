/**
 * Who asks? The seam of everything about identity: what stands behind `authenticate` may change (API keys and our own session
 * cookie today), routes and sockets see a `Principal` only.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem } from '../problems.ts';
import { readSessionCookie } from './cookie.ts';
import type { Principal } from './principal.ts';
import { hashToken } from './secrets.ts';

export type { Principal } from './principal.ts';

/**
 * The principal of a request; undefined: no credential, or none that is valid. A wrong API key is nobody, even beside a
 * valid cookie: who sends a key means the key.
 * @throws ApiProblem `forbidden` when `Hiviex-Workspace` names a workspace the user is no member of
 */
export function authenticate(
  request: { headers: IncomingHttpHeaders },
  deps: Pick<ApiDeps, 'db' | 'log'>,
): Promise<Principal | undefined> {
  const { authorization } = request.headers;
  return authorization === undefined ? bySession(request, deps) : byKey(authorization, deps);
}

async function byKey(
  authorization: string,
  { db, log }: Pick<ApiDeps, 'db' | 'log'>,
): Promise<Principal | undefined> {
  const key = /^Bearer\s+(\S+)$/i.exec(authorization)?.[1];
  const found = key && (await db.asSystem(({ apiKeys }) => apiKeys.find(hashToken(key))));
  if (!found) return undefined;
  db.asSystem(({ apiKeys }) => apiKeys.touch(found.id)).catch((err) =>
    log.warn({ err }, 'an API key could not be marked as used'),
  );
  return { by: 'key', workspace: found.workspace };
}

async function bySession(
  request: { headers: IncomingHttpHeaders },
  { db }: Pick<ApiDeps, 'db'>,
): Promise<Principal | undefined> {
  const token = readSessionCookie(request);
  const session = token && (await db.asSystem(({ sessions }) => sessions.find(hashToken(token))));
  if (!session) return undefined;
  const wanted = request.headers['hiviex-workspace'];
  if (typeof wanted !== 'string' || wanted === session.workspace)
    return { by: 'session', workspace: session.workspace, user: session.user };
  const member = await db.asSystem(({ accounts }) => accounts.isMember(session.user, wanted));
  if (!member) throw new ApiProblem('forbidden');
  return { by: 'session', workspace: wanted, user: session.user };
}
