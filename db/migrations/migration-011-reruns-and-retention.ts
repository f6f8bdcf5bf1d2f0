import { Migration } from '@mikro-orm/migrations';
import { protectTable, workspaceTable } from '../rls/protect-table.ts';

/**
 * Runs that take up another one, notes on versions, how long records are kept, work over many runs, and the indexes of the run list:
 * see `repositories/run-list.ts`.
 */
export class Migration011RerunsAndRetention extends Migration {
  override up(): void {
    this.addSql(`alter table "runs" add column "retry_of" text, add column "hold" boolean not null default false,
      add column "emptied_at" timestamptz(3), add column "cancel_requested_at" timestamptz(3),
      add column "execution" text, add column "superseded" jsonb`);
    this.addSql('create index "runs_reset" on "runs" ("id") where superseded is not null');
    this.addSql('alter table "steps" add column "reused_from" text, add column "key" text');
    this.addSql('alter table "versions" add column "note" text');
    this.addSql('alter table "workspaces" add column "body_days" int, add column "run_days" int');
    this.addSql(`alter table "automations" add column "body_days" int, add column "run_days" int,
      add column "hold" boolean not null default false`);

    this.addSql(
      `create index "runs_by_retry" on "runs" ("workspace", "retry_of") where retry_of is not null`,
    );
    this.addSql('create index "runs_by_end" on "runs" ("finished_at", "id")');
    this.addSql('drop index "runs_by_state"');
    this.addSql(
      'create index "runs_by_state" on "runs" ("workspace", "state", "trigger", "started_at", "id")',
    );
    this.addSql(
      'create index "runs_by_automation_state" on "runs" ("workspace", "automation", "state", "trigger", "started_at", "id")',
    );
    this.addSql(
      'create index "runs_by_version" on "runs" ("workspace", "version", "state", "trigger", "started_at", "id")',
    );

    this.addSql(`create table "bulk_jobs" (
      "id" text not null,
      "workspace" text not null,
      "action" text not null,
      "filter" jsonb not null,
      "options" jsonb not null,
      "state" text not null,
      "total" int not null,
      "done" int not null,
      "skipped" int not null,
      "failed" int not null,
      "failures" jsonb not null,
      "created_by" text,
      "created_at" timestamptz(3) not null,
      "finished_at" timestamptz(3),
      primary key ("id")
    )`);
    this.addSql('create index "bulk_jobs_by_creation" on "bulk_jobs" ("workspace", "created_at", "id")');
    this.addSql(
      `alter table "bulk_jobs" add constraint "bulk_jobs_workspace_foreign" foreign key ("workspace") references "workspaces" ("id") on delete cascade`,
    );
    for (const statement of protectTable('bulk_jobs', workspaceTable)) this.addSql(statement);
  }

  override down(): void {
    this.addSql('drop table "bulk_jobs"');
    this.addSql('drop index "runs_by_version"');
    this.addSql('drop index "runs_by_automation_state"');
    this.addSql('drop index "runs_by_state"');
    this.addSql('create index "runs_by_state" on "runs" ("workspace", "state", "started_at", "id")');
    this.addSql('drop index "runs_by_end"');
    this.addSql('drop index "runs_by_retry"');
    this.addSql('drop index "runs_reset"');
    this.addSql(
      'alter table "automations" drop column "body_days", drop column "run_days", drop column "hold"',
    );
    this.addSql('alter table "workspaces" drop column "body_days", drop column "run_days"');
    this.addSql('alter table "versions" drop column "note"');
    this.addSql('alter table "steps" drop column "reused_from", drop column "key"');
    this.addSql(
      'alter table "runs" drop column "retry_of", drop column "hold", drop column "emptied_at", drop column "cancel_requested_at", drop column "execution", drop column "superseded"',
    );
  }
}
