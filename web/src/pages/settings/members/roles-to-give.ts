import {
  type AssignableRole,
  assignableRole,
  type Role,
  roles,
} from '../../../../../contracts/access/roles.ts';

/** Nobody makes somebody stronger than they are. */
export function rolesToGive(own: Role): AssignableRole[] {
  return assignableRole.options.filter((role) => roles.indexOf(role) >= roles.indexOf(own));
}
