/** Who somebody is in conversations and notifications: a person, whatever they sign in with, or a service account. */
import type { WorkspacePrincipal } from '../auth/principal.ts';

export function personOf(principal: WorkspacePrincipal): string {
  if (principal.user !== undefined) return `user:${principal.user}`;
  return principal.by === 'key' ? `key:${principal.key}` : `user:${principal.name}`;
}
