import { tenantRole } from './roles.ts';

/**
 * What a transaction starts with to act for one workspace: several statements for one simple-protocol message. Both settings end
 * with the transaction, so nothing is left on the connection.
 */
export function workspacePrelude(workspace: string): string {
  return `set local role ${tenantRole}; select set_config('app.workspace', ${literal(workspace)}, true)`;
}

/** The simple protocol has no parameters. `E''` means the same whatever `standard_conforming_strings` says. */
function literal(text: string): string {
  if (text.includes('\0')) throw new Error('The id of a workspace has no NUL character.');
  return `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
