import { Migration } from '@mikro-orm/migrations';
import { protectTable, workspaceTable } from '../rls/protect-table.ts';

/** Triggers of drafts that listen for one test call. */
export class Migration021TestListeners extends Migration {
  override up(): void {
    this.addSql(`create table "test_listeners" (
      "automation" text not null,
      "node" text not null,
      "workspace" text not null,
      "kind" text not null,
      "method" text not null,
      "path" text not null,
      "run" text not null,
      "since" timestamptz(3) not null,
      "until" timestamptz(3) not null,
      "called_at" timestamptz(3) null,
      primary key ("automation", "node"),
      constraint "test_listeners_automation_foreign" foreign key ("automation") references "automations" ("id") on delete cascade,
      constraint "test_listeners_workspace_foreign" foreign key ("workspace") references "workspaces" ("id") on delete cascade
    )`);
    this.addSql('create index "test_listeners_by_path" on "test_listeners" ("path")');
    for (const statement of protectTable('test_listeners', workspaceTable)) this.addSql(statement);
  }

  override down(): void {
    this.addSql('drop table "test_listeners"');
  }
}
