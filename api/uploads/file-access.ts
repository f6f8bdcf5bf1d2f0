/** Who may open an uploaded file: what is not theirs to see is not there. */
import { can } from '../../contracts/access/can.ts';
import type { StoredFile } from '../../db/index.ts';
import type { WorkspacePrincipal } from '../auth/principal.ts';
import { personOf } from '../chat/person-of.ts';
import type { ApiDeps } from '../deps.ts';
import { notFound } from '../problems.ts';

/** Whose an upload is: a person's, also by a key of theirs; or a service account's. */
export function uploaderOf(principal: WorkspacePrincipal): string {
  return principal.by === 'session' ? principal.user : (principal.user ?? principal.key);
}

/** Theirs whatever happens in conversations: public, uploaded by themselves, or the workspace's. */
function isTheirs(principal: WorkspacePrincipal, file: StoredFile): boolean {
  if (file.visibility === 'public' || file.createdBy === uploaderOf(principal)) return true;
  return (file.purpose === 'file' || file.purpose === 'export') && can(principal, 'file.view-all');
}

/** What is attached to a conversation is for whoever may read that, and for as long. */
export async function maySee(
  { db }: Pick<ApiDeps, 'db'>,
  principal: WorkspacePrincipal,
  file: StoredFile,
): Promise<boolean> {
  if (isTheirs(principal, file)) return true;
  if (!can(principal, 'chat.read')) return false;
  const { workspace } = principal;
  return db.inWorkspace(workspace, ({ files }) => files.isInConversationOf(file.id, personOf(principal)));
}

/** A file that is ready and may be seen. @throws ApiProblem `not-found` */
export async function openFile(
  deps: Pick<ApiDeps, 'db'>,
  principal: WorkspacePrincipal,
  id: string,
): Promise<StoredFile & { object: string }> {
  const file = await ready(deps, principal, id);
  if (!(await maySee(deps, principal, file))) throw notFound('file');
  return file;
}

/** One that may be deleted: to see it in a conversation is not enough. @throws ApiProblem `not-found` */
export async function ownFile(
  deps: Pick<ApiDeps, 'db'>,
  principal: WorkspacePrincipal,
  id: string,
): Promise<StoredFile> {
  const file = await ready(deps, principal, id);
  if (!isTheirs(principal, file)) throw notFound('file');
  return file;
}

async function ready({ db }: Pick<ApiDeps, 'db'>, { workspace }: WorkspacePrincipal, id: string) {
  const file = await db.inWorkspace(workspace, ({ files }) => files.get(id));
  if (file?.state !== 'ready' || file.object === undefined) throw notFound('file');
  return { ...file, object: file.object };
}

/**
 * An upload that one may go on with, whatever has become of it: one's own, or one for the workspace that is still on its way.
 * @throws ApiProblem `not-found`
 */
export async function uploadOf(
  { db }: Pick<ApiDeps, 'db'>,
  principal: WorkspacePrincipal,
  id: string,
): Promise<StoredFile> {
  const file = await db.inWorkspace(principal.workspace, ({ files }) => files.get(id));
  if (!file) throw notFound('file');
  if (file.createdBy === uploaderOf(principal)) return file;
  if (file.purpose !== 'file' || file.state === 'ready') throw notFound('file');
  return file;
}

/**
 * Files that somebody attaches to something of theirs: each has to be ready and theirs to see.
 * @throws ApiProblem `not-found`
 */
export async function attachable(
  deps: Pick<ApiDeps, 'db'>,
  principal: WorkspacePrincipal,
  ids: readonly string[],
): Promise<StoredFile[]> {
  return Promise.all(ids.map((id) => openFile(deps, principal, id)));
}
