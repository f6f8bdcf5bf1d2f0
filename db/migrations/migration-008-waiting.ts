import { Migration } from '@mikro-orm/migrations';
import { protectTable, workspaceTable } from '../rls/protect-table.ts';

/** What people see of runs that wait: approvals with their decisions, form pages; and which resume links were used. */
export class Migration008Waiting extends Migration {
  override up(): void {
    this.addSql(`create table "approvals" (
      "id" text not null,
      "workspace" text not null,
      "automation" text not null,
      "automation_name" text not null,
      "run" text not null,
      "node" text not null,
      "node_name" text not null,
      "index" int not null,
      "question" jsonb not null,
      "approvers" jsonb not null,
      "mails" jsonb not null,
      "state" text not null,
      "opened_at" timestamptz(3) not null,
      "due_at" timestamptz(3),
      "reminders" int not null default 0,
      "reminded_at" timestamptz(3),
      "escalated_at" timestamptz(3),
      "closed_at" timestamptz(3),
      primary key ("id")
    )`);
    this.addSql('create index "approvals_by_opening" on "approvals" ("workspace", "opened_at", "id")');
    this.addSql(
      `create index "approvals_open" on "approvals" ("workspace", "opened_at", "id") where state = 'open'`,
    );
    this.addSql('create index "approvals_by_run" on "approvals" ("workspace", "run")');
    this.addSql(`create table "approval_decisions" (
      "approval" text not null,
      "approver" text not null,
      "workspace" text not null,
      "name" text not null,
      "decision" text not null,
      "comment" text not null,
      "fields" jsonb not null,
      "decided_at" timestamptz(3) not null,
      primary key ("approval", "approver")
    )`);
    this.addSql(
      `alter table "approval_decisions" add constraint "approval_decisions_approval_foreign" foreign key ("approval") references "approvals" ("id") on delete cascade`,
    );
    this.addSql(`create table "form_pages" (
      "run" text not null,
      "node" text not null,
      "index" int not null,
      "workspace" text not null,
      "page" jsonb not null,
      "opened_at" timestamptz(3) not null,
      "closed_at" timestamptz(3),
      primary key ("run", "node", "index")
    )`);
    this.addSql(`create table "resumptions" (
      "run" text not null,
      "node" text not null,
      "index" int not null,
      "workspace" text not null,
      "delivery" text not null,
      "claimed_at" timestamptz(3) not null,
      "sent_at" timestamptz(3),
      primary key ("run", "node", "index")
    )`);
    for (const table of ['approvals', 'approval_decisions', 'form_pages', 'resumptions']) {
      this.addSql(
        `alter table "${table}" add constraint "${table}_workspace_foreign" foreign key ("workspace") references "workspaces" ("id") on delete cascade`,
      );
      for (const statement of protectTable(table, workspaceTable)) this.addSql(statement);
    }
  }

  override down(): void {
    for (const table of ['resumptions', 'form_pages', 'approval_decisions', 'approvals'])
      this.addSql(`drop table "${table}"`);
  }
}
