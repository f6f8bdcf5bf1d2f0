/** Who a socket is: a browser by its cookie, from our own pages only, or a program by the API key it hands over. */
import type { IncomingMessage } from 'node:http';
import { authenticate } from '../auth/index.ts';
import { isInWorkspace, type WorkspacePrincipal } from '../auth/principal.ts';
import { isSameOrigin } from '../auth/same-origin.ts';
import type { ApiDeps } from '../deps.ts';

export interface Handshake {
  /** As the client sent it: anything. */
  auth: Record<string, unknown>;
  request: IncomingMessage;
}

/**
 * Asks anew each time: a cookie that was good when the socket opened may be worth nothing now.
 * @param workspace the one the socket is in; left out: the one it asks for, else the active one
 * @throws ApiProblem `not-found` for a workspace the person is not, or no more, in
 */
export async function identify(
  { auth, request }: Handshake,
  deps: ApiDeps,
  workspace?: string,
): Promise<WorkspacePrincipal | undefined> {
  const { token, workspace: asked } = auth;
  const byKey = typeof token === 'string';
  // A page of another site may open a socket here, and the browser would send our cookie along.
  if (!byKey && !isSameOrigin(request, deps.config)) return undefined;
  const wanted = workspace ?? (typeof asked === 'string' ? asked : undefined);
  const headers = byKey
    ? { authorization: `Bearer ${token}` }
    : { ...request.headers, ...(wanted !== undefined && { 'hiviex-workspace': wanted }) };
  const principal = await authenticate({ headers }, deps);
  if (!principal || !isInWorkspace(principal)) return undefined;
  if (principal.by === 'session' && principal.secondFactorDue) return undefined;
  if (workspace !== undefined && principal.workspace !== workspace) return undefined;
  return principal;
}
