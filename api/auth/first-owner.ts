/**
 * The first workspace and its owner. A workspace may be there before its owner (an API key was given, no e-mail): the owner then
 * joins it, so that what the key made is what the owner sees.
 */
import { ulid } from 'ulid';
import { Membership, User, Workspace } from '../../db/entities/index.ts';
import type { Database, WorkspaceRecord } from '../../db/index.ts';
import { hashPassword } from './password.ts';

export interface FirstOwner {
  email: string;
  password: string;
  workspace: string;
}

/** The oldest workspace; made when there is none. */
export async function ensureFirstWorkspace(db: Database, name: string): Promise<WorkspaceRecord> {
  const existing = await db.asSystem(({ accounts }) => accounts.firstWorkspace());
  if (existing) return existing;
  const workspace = { id: ulid(), name };
  await db.orm.em.fork().insert(Workspace, { ...workspace, createdAt: new Date() });
  return workspace;
}

/** Undefined: somebody is an owner already. */
export async function createFirstOwner(
  db: Database,
  { email, password, workspace }: FirstOwner,
): Promise<{ user: string; workspace: string } | undefined> {
  const passwordHash = await hashPassword(password);
  const address = email.trim().toLowerCase();
  const home = await db.asSystem(({ accounts }) => accounts.firstWorkspace());
  return db.orm.em.fork().transactional(async (em) => {
    if ((await em.count(User, {})) > 0) return undefined;
    const now = new Date();
    const owner = { user: ulid(), workspace: home?.id ?? ulid() };
    await em.insert(User, {
      id: owner.user,
      email: address,
      name: address.split('@')[0]!,
      passwordHash,
      createdAt: now,
    });
    if (!home) await em.insert(Workspace, { id: owner.workspace, name: workspace, createdAt: now });
    await em.insert(Membership, { ...owner, role: 'owner', createdAt: now });
    return owner;
  });
}
