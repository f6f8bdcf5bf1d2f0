/** Who somebody is in conversations and notifications: a person, whatever they sign in with, or a service account. */
import type { WorkspacePrincipal } from '../auth/principal.ts';

export function personOf(principal: WorkspacePrincipal): string {
  const service = principal.by === 'key' && principal.user === undefined;
  return service ? `key:${principal.key}` : `user:${principal.user}`;
}
