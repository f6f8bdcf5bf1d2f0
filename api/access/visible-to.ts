/** How much of a list the asker is shown: all that their role may view, else what is shared with them. */
import type { Action } from '../../contracts/access/actions.ts';
import { can, grantMatters } from '../../contracts/access/can.ts';
import type { Visible } from '../../db/index.ts';
import type { WorkspacePrincipal } from '../auth/principal.ts';

/** @param view the action that one entry of the list would ask for */
export function visibleTo(principal: WorkspacePrincipal, view: Action): Visible {
  if (can(principal, view)) return 'all';
  const { user } = principal;
  // A service account is nobody's: grants are for people, and for the keys that act for them.
  return user !== undefined && grantMatters(principal, view) ? { sharedWith: user } : 'none';
}
