import type { StoredConversation } from '../../db/index.ts';
import type { WorkspacePrincipal } from '../auth/principal.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem, notFound } from '../problems.ts';
import { personOf } from './person-of.ts';

/** A conversation that the asker may read. @throws ApiProblem `not-found` */
export async function findConversation(
  principal: WorkspacePrincipal,
  id: string,
  { db }: Pick<ApiDeps, 'db'>,
): Promise<StoredConversation> {
  const found = await db.inWorkspace(principal.workspace, ({ chat }) =>
    chat.conversations.get(id, personOf(principal)),
  );
  if (!found) throw notFound('conversation');
  return found;
}

/** The same for what only who began it may do. @throws ApiProblem `not-found`, `conversation-not-yours` */
export async function findOwnConversation(
  principal: WorkspacePrincipal,
  id: string,
  deps: Pick<ApiDeps, 'db'>,
): Promise<StoredConversation> {
  const found = await findConversation(principal, id, deps);
  if (!found.mine) throw new ApiProblem('conversation-not-yours');
  return found;
}
