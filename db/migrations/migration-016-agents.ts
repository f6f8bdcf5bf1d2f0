import { Migration } from '@mikro-orm/migrations';
import { protectTable, workspaceTable } from '../rls/protect-table.ts';

/** Agents with their versions, and the records of their runs. Approvals know whether an automation or an agent asks. */
export class Migration016Agents extends Migration {
  override up(): void {
    const ofWorkspace = (table: string) =>
      `constraint "${table}_workspace_foreign" foreign key ("workspace") references "workspaces" ("id") on delete cascade`;

    this.addSql(`create table "agents" (
      "id" text not null primary key,
      "workspace" text not null,
      "name" text not null,
      "description" text not null,
      "avatar" text null,
      "draft" jsonb not null,
      "draft_hash" text not null,
      "draft_revision" int not null,
      "published_version" text null,
      "created_by" text null,
      "created_at" timestamptz(3) not null,
      "updated_at" timestamptz(3) not null,
      "deleted_at" timestamptz(3) null,
      ${ofWorkspace('agents')}
    )`);
    this.addSql('create index "agents_by_update" on "agents" ("workspace", "updated_at", "id")');

    this.addSql(`create table "agent_versions" (
      "id" text not null primary key,
      "workspace" text not null,
      "agent" text not null,
      "number" int not null,
      "hash" text not null,
      "definition" jsonb not null,
      "note" text null,
      "created_by" text null,
      "created_at" timestamptz(3) not null,
      constraint "agent_versions_number_unique" unique ("agent", "number"),
      ${ofWorkspace('agent_versions')},
      constraint "agent_versions_agent_foreign" foreign key ("agent") references "agents" ("id") on delete cascade
    )`);

    this.addSql(`create table "agent_runs" (
      "id" text not null primary key,
      "workspace" text not null,
      "agent" text not null,
      "agent_name" text not null,
      "version" text not null,
      "version_number" int not null,
      "trigger" text not null,
      "state" text not null,
      "workflow_id" text not null,
      "started_by" text null,
      "conversation" text null,
      "parent" text null,
      "steps" int not null default 0,
      "usage" jsonb null,
      "cost" bigint null,
      "text" text null,
      "output" jsonb null,
      "failure" jsonb null,
      "started_at" timestamptz(3) not null,
      "updated_at" timestamptz(3) not null,
      "finished_at" timestamptz(3) null,
      ${ofWorkspace('agent_runs')}
    )`);
    this.addSql('create index "agent_runs_by_start" on "agent_runs" ("workspace", "started_at", "id")');
    this.addSql(
      'create index "agent_runs_by_agent" on "agent_runs" ("workspace", "agent", "started_at", "id")',
    );
    this.addSql('create index "agent_runs_open" on "agent_runs" ("updated_at") where finished_at is null');
    this.addSql('create index "agent_runs_by_end" on "agent_runs" ("finished_at")');

    this.addSql(`create table "agent_steps" (
      "run" text not null,
      "step" int not null,
      "call" text not null,
      "workspace" text not null,
      "kind" text not null,
      "name" text not null,
      "state" text not null,
      "attempt" int not null,
      "arguments" text null,
      "result" text null,
      "failure" jsonb null,
      "approval" text null,
      "child" text null,
      "usage" jsonb null,
      "cost" bigint null,
      "by" jsonb null,
      "started_at" timestamptz(3) not null,
      "finished_at" timestamptz(3) null,
      primary key ("run", "step", "call"),
      ${ofWorkspace('agent_steps')},
      constraint "agent_steps_run_foreign" foreign key ("run") references "agent_runs" ("id") on delete cascade
    )`);

    this.addSql(`alter table "approvals" add column "asker" text not null default 'automation'`);

    for (const table of tables)
      for (const statement of protectTable(table, workspaceTable)) this.addSql(statement);
  }

  override down(): void {
    this.addSql('alter table "approvals" drop column "asker"');
    for (const table of tables.toReversed()) this.addSql(`drop table "${table}"`);
  }
}

const tables = ['agents', 'agent_versions', 'agent_runs', 'agent_steps'];
