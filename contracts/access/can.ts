/**
 * The policy: may this actor do this, to this resource?
 *
 *   can({ role: 'viewer' }, 'automation.edit')                                                   // false
 *   can({ role: 'viewer' }, 'automation.edit', { type: 'automation', level: 'edit' })            // true
 *   can({ role: 'admin', scopes: ['runs:read'] }, 'automation.edit')                             // false
 *
 * Pure, so that the API decides with it and the web app hides with it what would be refused.
 */
import { type Action, actionNames, ruleOf, type Scope } from './actions.ts';
import { type GrantLevel, type ResourceType, type Role, reaches } from './roles.ts';

export interface Actor {
  role: Role;
  /** Of an API key: it may do what its role may and its scopes name. Left out: no limit beside the role. */
  scopes?: readonly Scope[] | undefined;
}

/** The resource in question, with the strongest level that was granted on it to the actor, if any. */
export interface Shared {
  type: ResourceType;
  level: GrantLevel | undefined;
}

export function can(actor: Actor, action: Action, resource?: Shared): boolean {
  const rule = ruleOf(action);
  if (actor.scopes && !actor.scopes.includes(rule.scope)) return false;
  if (rule.roles.includes(actor.role)) return true;
  if (!rule.grant || !resource) return false;
  const [type, level] = rule.grant;
  return resource.type === type && reaches(resource.level, level);
}

/** Whether a grant could change the answer: only then is it worth looking for one. */
export function grantMatters(actor: Actor, action: Action): boolean {
  const rule = ruleOf(action);
  const scoped = !actor.scopes || actor.scopes.includes(rule.scope);
  return scoped && rule.grant !== undefined && !rule.roles.includes(actor.role);
}

/** What the actor may do without any grant. */
export function actionsOf(actor: Actor): Action[] {
  return actionNames.filter((action) => can(actor, action));
}
