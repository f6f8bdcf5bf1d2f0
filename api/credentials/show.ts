/** A credential as the asker is shown it: never a secret, and with what they may do with it. */
import { can } from '../../contracts/access/can.ts';
import type { GrantLevel } from '../../contracts/access/roles.ts';
import type { Credential } from '../../contracts/api/credentials.ts';
import type { Repositories, StoredCredential } from '../../db/index.ts';
import type { WorkspacePrincipal } from '../auth/principal.ts';

/** @param level the strongest grant on it, for who has no right by role */
export function showCredential(
  principal: WorkspacePrincipal,
  { connected, ...stored }: StoredCredential,
  level: GrantLevel | undefined,
): Credential {
  const byRole = can({ role: principal.role }, 'credential.share');
  const isPersonal = stored.type === 'oauth2' && stored.fields.grant === 'authorizationCode';
  return { ...stored, ...(isPersonal && { connected }), level: byRole ? 'manage' : (level ?? 'use') };
}

/** The asker's grants on credentials; none for a service account. */
export async function grantsOf(
  { user }: WorkspacePrincipal,
  { grants }: Pick<Repositories, 'grants'>,
): Promise<Map<string, GrantLevel>> {
  return user === undefined ? new Map() : grants.sharedWith(user, 'credential');
}
