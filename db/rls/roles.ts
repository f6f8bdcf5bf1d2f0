/**
 * The two database roles under which everything but a migration runs. Neither may sign in, owns a table, or gets round a policy
 * (decision 011).
 */

/** Work of one workspace: sees the rows of the workspace that the transaction names, and none without. */
export const tenantRole = 'hiviex_app';

/** Work across workspaces: accounts, finding the owner of a key or webhook, records. */
export const systemRole = 'hiviex_system';

export type DatabaseRole = typeof tenantRole | typeof systemRole;

/** Makes the rest of the connection act as `role`; `undefined` is the user that signed in, who owns the tables. */
export function setRole(role: DatabaseRole | undefined): string {
  return role ? `set role ${role}` : 'reset role';
}
