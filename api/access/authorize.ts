/**
 * The gate in front of every route: nobody (401), no right (403), or through. It decides before anything of the request's
 * content is read, and by the right before the existence: who may not do a thing can't find out which ids there are.
 */
import { type Action, actions } from '../../contracts/access/actions.ts';
import { can, grantMatters } from '../../contracts/access/can.ts';
import { isInWorkspace, type Principal, type WorkspacePrincipal } from '../auth/principal.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem } from '../problems.ts';
import type { Auth, Resource, Route } from '../route.ts';

/** @throws ApiProblem `unauthorized`, `forbidden`, `no-workspace` */
export async function authorize(
  route: Pick<Route, 'auth' | 'resource'>,
  params: Readonly<Record<string, string>>,
  principal: Principal | undefined,
  { db }: Pick<ApiDeps, 'db'>,
): Promise<void> {
  if (route.auth === 'none') return;
  if (!principal) throw unauthorized();
  if (route.auth === 'signed-in') return;
  if (principal.by === 'session' && principal.secondFactorDue !== (route.auth === 'second-factor'))
    throw principal.secondFactorDue ? unauthorized() : new ApiProblem('forbidden');
  if (!isAction(route.auth)) {
    // Somebody's own account is for them, not for a program that has their key.
    if (principal.by === 'key') throw new ApiProblem('forbidden');
    return;
  }
  if (!isInWorkspace(principal)) throw new ApiProblem('no-workspace');
  const { workspace } = principal;
  const allowed = await mayDo(principal, route.auth, () => route.resource?.(params, { workspace, db }), {
    db,
  });
  if (!allowed) throw new ApiProblem('forbidden');
}

/** Whether the principal may do `action`, by role or by a grant on the resource. `resource` is asked for only when it matters. */
export async function mayDo(
  principal: WorkspacePrincipal,
  action: Action,
  resource: () => Promise<Resource | undefined> | Resource | undefined,
  { db }: Pick<ApiDeps, 'db'>,
): Promise<boolean> {
  if (can(principal, action)) return true;
  const { user } = principal;
  if (user === undefined || !grantMatters(principal, action)) return false;
  const about = await resource();
  if (!about) return false;
  const level = await db.inWorkspace(principal.workspace, ({ grants }) => grants.levelOf(user, about));
  return can(principal, action, { type: about.type, level });
}

export function isAction(auth: Auth): auth is Action {
  return auth in actions;
}

function unauthorized(): ApiProblem {
  return new ApiProblem('unauthorized', {}, { headers: { 'www-authenticate': 'Bearer realm="Hiviex"' } });
}
