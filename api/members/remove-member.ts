/** The one way out of a workspace, for who leaves and for who is removed. */
import type { IncomingMessage } from 'node:http';
import type { Role } from '../../contracts/access/roles.ts';
import { audit } from '../audit/audit.ts';
import type { Principal } from '../auth/principal.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem, notFound } from '../problems.ts';

/**
 * Ends what they had there: membership, personal keys, groups, grants, open invitations. Whatever they hold open is closed.
 * @param by role of who asks
 * @throws ApiProblem `not-found`, `forbidden` for an owner by somebody else, `last-owner`
 */
export async function removeMember(
  deps: Pick<ApiDeps, 'db' | 'config' | 'bus'>,
  { principal, request }: { principal: Principal; request: IncomingMessage },
  { workspace, user, by }: { workspace: string; user: string; by: Role },
): Promise<void> {
  const { db, bus } = deps;
  const result = await db.asSystem(({ members }) => members.remove({ workspace, user, by }));
  if (result.kind === 'not-found') throw notFound('member');
  if (result.kind !== 'removed') throw new ApiProblem(result.kind);
  const { keys, member } = result;
  if (keys.length > 0) bus.publish({ kind: 'credentials.ended', sessions: [], keys });
  bus.publish({ kind: 'access.changed', workspace, user });
  await audit(
    deps,
    { principal, request },
    {
      action: principal.user === user ? 'member.leave' : 'member.remove',
      workspace,
      resource: { type: 'member', id: user, name: member.name },
      before: { role: member.role, keys: keys.length },
    },
  );
}
