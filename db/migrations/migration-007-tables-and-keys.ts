import { Migration } from '@mikro-orm/migrations';
import { protectTable, workspaceTable } from '../rls/protect-table.ts';

/** What automations keep between runs: data tables, keys, values that were seen, and results of the steps that changed them. */
export class Migration007TablesAndKeys extends Migration {
  override up(): void {
    this.addSql(`create table "data_tables" (
      "id" text not null,
      "workspace" text not null,
      "name" text not null,
      "columns" jsonb not null,
      "next_row" int not null,
      "rows" int not null,
      "bytes" int not null,
      "created_at" timestamptz(3) not null,
      "updated_at" timestamptz(3) not null,
      primary key ("id")
    )`);
    this.addSql('alter table "data_tables" add constraint "data_tables_name" unique ("workspace", "name")');
    this.addSql(`create table "data_table_rows" (
      "data_table" text not null,
      "id" int not null,
      "workspace" text not null,
      "values" jsonb not null,
      "bytes" int not null,
      "created_at" timestamptz(3) not null,
      "updated_at" timestamptz(3) not null,
      primary key ("data_table", "id")
    )`);
    this.addSql(
      'alter table "data_table_rows" add constraint "data_table_rows_data_table_foreign" foreign key ("data_table") references "data_tables" ("id") on delete cascade',
    );
    this.addSql(`create table "key_values" (
      "workspace" text not null,
      "key" text not null,
      "value" jsonb not null,
      "expires_at" timestamptz(3),
      "updated_at" timestamptz(3) not null,
      primary key ("workspace", "key")
    )`);
    this.addSql(`create table "seen_values" (
      "workspace" text not null,
      "scope" text not null,
      "hash" text not null,
      "seen_at" timestamptz(3) not null,
      primary key ("workspace", "scope", "hash")
    )`);
    this.addSql('create index "seen_values_by_age" on "seen_values" ("workspace", "scope", "seen_at")');
    this.addSql(`create table "step_results" (
      "workspace" text not null,
      "key" text not null,
      "result" jsonb,
      "created_at" timestamptz(3) not null,
      primary key ("workspace", "key")
    )`);
    this.addSql('create index "step_results_by_age" on "step_results" ("created_at")');
    for (const table of ['data_tables', 'key_values', 'seen_values', 'step_results'])
      this.addSql(
        `alter table "${table}" add constraint "${table}_workspace_foreign" foreign key ("workspace") references "workspaces" ("id") on delete cascade`,
      );
    for (const table of ['data_tables', 'data_table_rows', 'key_values', 'seen_values', 'step_results'])
      for (const statement of protectTable(table, workspaceTable)) this.addSql(statement);
  }

  override down(): void {
    for (const table of ['step_results', 'seen_values', 'key_values', 'data_table_rows', 'data_tables'])
      this.addSql(`drop table "${table}"`);
  }
}
