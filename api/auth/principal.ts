/** Who makes a request, and for which workspace. The credential decides both. */
import type { Scope } from '../../contracts/access/actions.ts';
import type { Role } from '../../contracts/access/roles.ts';

/** A signed-in person. Without a workspace they may look after themselves and enter or make one, no more. */
export interface SessionPrincipal {
  by: 'session';
  /** Id of the session. */
  session: string;
  user: string;
  /** As the audit log names them. */
  name: string;
  workspace?: string | undefined;
  role?: Role | undefined;
  /** The second factor is still to be given: good for that, and for signing out. */
  secondFactorDue: boolean;
}

/** A program, with an API key. */
export interface KeyPrincipal {
  by: 'key';
  /** Id of the key. */
  key: string;
  name: string;
  /** Whom a personal key acts for; undefined: a service account. */
  user?: string | undefined;
  workspace: string;
  role: Role;
  /** Undefined: all that the role may. */
  scopes?: readonly Scope[] | undefined;
  /** Requests a minute; undefined: the instance's default. */
  rateLimit?: number | undefined;
}

export type Principal = SessionPrincipal | KeyPrincipal;

/** Somebody in a workspace: what every route with an action is given. */
export type WorkspacePrincipal = (SessionPrincipal & { workspace: string; role: Role }) | KeyPrincipal;

export function isInWorkspace(principal: Principal): principal is WorkspacePrincipal {
  return principal.workspace !== undefined && principal.role !== undefined;
}
