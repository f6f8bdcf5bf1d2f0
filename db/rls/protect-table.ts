/**
 * The statements that put a table under row-level security. Every migration that creates a table passes it through here; a table
 * that was forgotten fails `row-level-security.test.ts`.
 *
 * Released migrations call these functions: change what they make by a new migration, not here.
 */
import { systemRole, tenantRole } from './roles.ts';

export interface TableAccess {
  /** Unset: tenants can't touch the table at all. */
  tenant?: {
    /** Condition of the rows that are theirs, for reading and for writing. */
    rows: string;
    /** What they may do with those, as in GRANT: `select, update`, or `select (id, name)`. */
    may: string;
  };
  /** What the system may do, with any row. */
  system: string;
}

const everything = 'select, insert, update, delete';

/** Rows whose `column` is the current workspace; none where the transaction names no workspace. */
export function ofWorkspace(column = 'workspace'): string {
  // A setting that was set once in a connection reads '' afterwards, not null.
  return `"${column}" = nullif(current_setting('app.workspace', true), '')`;
}

/** A table whose rows belong to the workspace in its column `workspace`. */
export const workspaceTable: TableAccess = {
  tenant: { rows: ofWorkspace(), may: everything },
  system: everything,
};

/** A table of the whole instance. */
export const systemTable: TableAccess = { system: everything };

/** As a workspace's table, but what was written stays as it was, for the system as well. */
export const appendOnlyTable: TableAccess = {
  tenant: { rows: ofWorkspace(), may: 'select, insert' },
  system: 'select, insert',
};

/** Forced, so that the policies hold for the tables' owner too. What no policy and no grant allows is refused. */
export function protectTable(table: string, { tenant, system }: TableAccess): string[] {
  return [
    `alter table "${table}" enable row level security`,
    `alter table "${table}" force row level security`,
    `revoke all on table "${table}" from public, ${tenantRole}, ${systemRole}`,
    `create policy "system" on "${table}" to ${systemRole} using (true) with check (true)`,
    `grant ${system} on table "${table}" to ${systemRole}`,
    ...(tenant
      ? [
          `create policy "tenant" on "${table}" to ${tenantRole} using (${tenant.rows}) with check (${tenant.rows})`,
          `grant ${tenant.may} on table "${table}" to ${tenantRole}`,
        ]
      : []),
  ];
}
