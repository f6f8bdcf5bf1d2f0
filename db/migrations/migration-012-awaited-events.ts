import { Migration } from '@mikro-orm/migrations';
import { protectTable, workspaceTable } from '../rls/protect-table.ts';

/** Runs that wait for an event. */
export class Migration012AwaitedEvents extends Migration {
  override up(): void {
    this.addSql(`create table "event_waiters" (
      "run" text not null,
      "node" text not null,
      "index" int not null,
      "workspace" text not null,
      "automation" text not null,
      "name" text not null,
      "match_path" text null,
      "match_value" text null,
      "since" timestamptz(3) not null,
      primary key ("run", "node", "index"),
      constraint "event_waiters_workspace_foreign" foreign key ("workspace") references "workspaces" ("id") on delete cascade
    )`);
    this.addSql('create index "event_waiters_by_name" on "event_waiters" ("workspace", "name")');
    for (const statement of protectTable('event_waiters', workspaceTable)) this.addSql(statement);
  }

  override down(): void {
    this.addSql('drop table "event_waiters"');
  }
}
