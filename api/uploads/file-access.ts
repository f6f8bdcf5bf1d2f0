/** Who may open an uploaded file: what is not theirs to see is not there. */
import { can } from '../../contracts/access/can.ts';
import type { StoredFile } from '../../db/index.ts';
import type { WorkspacePrincipal } from '../auth/principal.ts';
import type { ApiDeps } from '../deps.ts';
import { notFound } from '../problems.ts';

/** Whose an upload is: a person's, also by a key of theirs; or a service account's. */
export function uploaderOf(principal: WorkspacePrincipal): string {
  return principal.by === 'session' ? principal.user : (principal.user ?? principal.key);
}

/** What is attached to a conversation is its owner's; the rest is the workspace's. */
export function maySee(principal: WorkspacePrincipal, file: StoredFile): boolean {
  if (file.visibility === 'public' || file.createdBy === uploaderOf(principal)) return true;
  return (file.purpose === 'file' || file.purpose === 'export') && can(principal, 'file.view-all');
}

/** A file that is ready and may be seen. @throws ApiProblem `not-found` */
export async function openFile(
  { db }: Pick<ApiDeps, 'db'>,
  principal: WorkspacePrincipal,
  id: string,
): Promise<StoredFile & { object: string }> {
  const file = await db.inWorkspace(principal.workspace, ({ files }) => files.get(id));
  if (file?.state !== 'ready' || file.object === undefined || !maySee(principal, file))
    throw notFound('file');
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
