import { Migration } from '@mikro-orm/migrations';
import { protectTable, systemTable, workspaceTable } from '../rls/protect-table.ts';

/** Runs know their callers, why they are queued and when they ended; who waits for a run's end is written down. */
export class Migration009Flow extends Migration {
  override up(): void {
    this.addSql(`alter table "runs"
      add column "parent" text null,
      add column "parent_node" text null,
      add column "parent_index" int null,
      add column "parent_waits" boolean null,
      add column "queued_for" jsonb null,
      add column "ended_tx" bigint null`);
    this.addSql(
      `create index "runs_by_parent" on "runs" ("workspace", "parent", "started_at") where parent is not null`,
    );
    this.addSql(`create index "runs_ended" on "runs" ("ended_tx", "id")`);
    this.addSql(`alter table "workspaces" add column "flow" jsonb not null default '{}'`);
    this.addSql(`create table "run_watchers" (
      "run" text not null,
      "workflow_id" text not null,
      "workspace" text not null,
      primary key ("run", "workflow_id")
    )`);
    this.addSql(`create table "watermarks" (
      "name" text not null,
      "position" bigint not null,
      "last" text not null,
      "holder" text not null,
      "held_until" timestamptz(3) not null,
      primary key ("name")
    )`);
    for (const statement of protectTable('run_watchers', workspaceTable)) this.addSql(statement);
    for (const statement of protectTable('watermarks', systemTable)) this.addSql(statement);
  }

  override down(): void {
    this.addSql('drop table "watermarks"');
    this.addSql('drop table "run_watchers"');
    this.addSql('alter table "workspaces" drop column "flow"');
    this.addSql('drop index "runs_ended"');
    this.addSql('drop index "runs_by_parent"');
    this.addSql(`alter table "runs" drop column "parent", drop column "parent_node", drop column "parent_index", drop column "parent_waits",
      drop column "queued_for", drop column "ended_tx"`);
  }
}
