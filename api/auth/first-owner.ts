/**
 * The first workspace and its owner. A workspace may be there before its owner (an API key was given, no e-mail): the owner then
 * joins it, so that what the key made is what the owner sees.
 */
import type { Database } from '../../db/index.ts';
import { hashPassword } from './password.ts';

export interface FirstOwner {
  email: string;
  password: string;
  workspace: string;
}

/** Undefined: somebody is an owner already. */
export async function createFirstOwner(
  db: Database,
  { email, password, workspace }: FirstOwner,
): Promise<{ user: string; workspace: string } | undefined> {
  const passwordHash = await hashPassword(password);
  return db.asSystem(({ accounts }) => accounts.createFirstOwner({ email, passwordHash, workspace }));
}
