import { type AssignableRole, type Role, roles } from './roles.ts';

/** Nobody gives, by invitation or otherwise, a role above their own. */
export function mayAssign(by: Role, role: AssignableRole): boolean {
  return roles.indexOf(by) <= roles.indexOf(role);
}
