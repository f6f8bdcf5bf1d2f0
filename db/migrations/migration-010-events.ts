import { Migration } from '@mikro-orm/migrations';
import { protectTable, workspaceTable } from '../rls/protect-table.ts';

/** Events and who heard them, what polling triggers remember, deliveries of webhooks. */
export class Migration010Events extends Migration {
  override up(): void {
    this.addSql(`create table "events" (
      "id" text not null primary key,
      "workspace" text not null,
      "name" text not null,
      "at" timestamptz(3) not null,
      "source" jsonb not null,
      "data" jsonb not null,
      "depth" int not null,
      "planned_at" timestamptz(3) null,
      "told_at" timestamptz(3) null,
      "tries" int not null default 0,
      "retry_at" timestamptz(3) not null,
      constraint "events_workspace_foreign" foreign key ("workspace") references "workspaces" ("id") on delete cascade
    )`);
    this.addSql('create index "events_by_time" on "events" ("workspace", "at", "id")');
    this.addSql('create index "events_to_tell" on "events" ("retry_at") where told_at is null');

    this.addSql(`create table "event_hearings" (
      "event" text not null,
      "automation" text not null,
      "node" text not null,
      "workspace" text not null,
      "automation_name" text not null,
      "state" text not null,
      "run" text null,
      "failure" jsonb null,
      primary key ("event", "automation", "node"),
      constraint "event_hearings_event_foreign" foreign key ("event") references "events" ("id") on delete cascade
    )`);
    this.addSql('create index "event_hearings_by_run" on "event_hearings" ("workspace", "run")');

    this.addSql(`create table "trigger_cursors" (
      "automation" text not null,
      "node" text not null,
      "workspace" text not null,
      "source" text not null,
      "state" jsonb not null,
      "pending" jsonb null,
      "batch" int not null default 0,
      "failures" int not null default 0,
      "failure" jsonb null,
      "polled_at" timestamptz(3) null,
      "rest_until" timestamptz(3) null,
      primary key ("automation", "node"),
      constraint "trigger_cursors_automation_foreign" foreign key ("automation") references "automations" ("id") on delete cascade
    )`);

    this.addSql(`create table "webhook_deliveries" (
      "id" text not null primary key,
      "workspace" text not null,
      "automation" text not null,
      "node" text not null,
      "at" timestamptz(3) not null,
      "method" text not null,
      "path" text not null,
      "status" int not null,
      "problem" text null,
      "run" text null,
      "repeated" boolean not null default false,
      "item" jsonb null,
      "replay_of" text null,
      constraint "webhook_deliveries_automation_foreign" foreign key ("automation") references "automations" ("id") on delete cascade
    )`);
    this.addSql(
      'create index "webhook_deliveries_by_time" on "webhook_deliveries" ("workspace", "automation", "id")',
    );

    for (const table of ['events', 'event_hearings', 'trigger_cursors', 'webhook_deliveries'])
      for (const statement of protectTable(table, workspaceTable)) this.addSql(statement);
  }

  override down(): void {
    for (const table of ['webhook_deliveries', 'trigger_cursors', 'event_hearings', 'events'])
      this.addSql(`drop table "${table}"`);
  }
}
