import { Migration } from '@mikro-orm/migrations';
import { createRoles } from '../rls/create-roles.ts';
import {
  appendOnlyTable,
  ofWorkspace,
  protectTable,
  systemTable,
  type TableAccess,
  workspaceTable,
} from '../rls/protect-table.ts';
import { systemRole, tenantRole } from '../rls/roles.ts';

/** Forces row-level security on every table there is so far. Later migrations protect what they create (`rls/protect-table.ts`). */
export class Migration003RowLevelSecurity extends Migration {
  override async up(): Promise<void> {
    this.addSql(createRoles);
    for (const role of [tenantRole, systemRole]) {
      this.addSql(
        `do $$ begin execute format('grant usage on schema %I to ${role}', current_schema()); end $$`,
      );
    }
    // The migrations of the same run were carried out before in this transaction, so their tables are listed.
    for (const { name, ofWorkspaces } of await this.listTables()) {
      const access = special[name] ?? (ofWorkspaces ? workspaceTable : systemTable);
      for (const statement of protectTable(name, access)) this.addSql(statement);
    }
    // The migrator's own table: for its owner alone. Not forced, or the owner would not find it.
    this.addSql('alter table "migrations" enable row level security');
  }

  override async down(): Promise<void> {
    for (const { name } of await this.listTables()) {
      this.addSql(`drop policy if exists "tenant" on "${name}"`);
      this.addSql(`drop policy if exists "system" on "${name}"`);
      this.addSql(`alter table "${name}" no force row level security`);
      this.addSql(`alter table "${name}" disable row level security`);
      this.addSql(`revoke all on table "${name}" from ${tenantRole}, ${systemRole}`);
    }
    this.addSql('alter table "migrations" disable row level security');
    // The roles stay: they belong to the cluster, and its other databases may use them.
  }

  /** Every table but the migrator's and those of extensions. */
  private async listTables(): Promise<{ name: string; ofWorkspaces: boolean }[]> {
    const rows = await this.execute(`
      select relname, exists (
          select from pg_attribute where attrelid = pg_class.oid and attname = 'workspace' and not attisdropped
        ) as of_workspaces
      from pg_class
      where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p') and relname <> 'migrations'
        and not exists (
          select from pg_depend where classid = 'pg_class'::regclass and objid = pg_class.oid and deptype = 'e'
        )
      order by relname`);
    return rows.map((row) => ({ name: String(row.relname), ofWorkspaces: row.of_workspaces === true }));
  }
}

const special: Record<string, TableAccess> = {
  workspaces: {
    tenant: { rows: ofWorkspace('id'), may: 'select, update' },
    system: systemTable.system,
  },
  // Members see one another's names, never a password's hash. What `memberships` shows is limited to the workspace in turn.
  users: {
    tenant: {
      rows: 'exists (select from memberships where memberships."user" = users.id)',
      may: 'select (id, email, name)',
    },
    system: systemTable.system,
  },
  audit_events: appendOnlyTable,
};
