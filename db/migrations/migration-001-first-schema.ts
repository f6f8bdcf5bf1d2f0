import { Migration } from '@mikro-orm/migrations';

/** Workspaces, accounts, automations and their versions, run and step records. A test proves that it fits the entities. */
export class Migration001FirstSchema extends Migration {
  override up(): void {
    // Nothing uses vectors yet; here so that a Postgres without pgvector is found out at the first start, not months later.
    this.addSql('create extension if not exists vector');

    this.addSql(`create table "workspaces" (
      "id" text not null,
      "name" text not null,
      "created_at" timestamptz(3) not null,
      primary key ("id")
    )`);
    this.addSql(`create table "users" (
      "id" text not null,
      "email" text not null,
      "name" text not null,
      "password_hash" text not null,
      "created_at" timestamptz(3) not null,
      primary key ("id")
    )`);
    this.addSql(`alter table "users" add constraint "users_email_unique" unique ("email")`);
    this.addSql(`create table "memberships" (
      "user" text not null,
      "workspace" text not null,
      "role" text not null,
      "created_at" timestamptz(3) not null,
      primary key ("user", "workspace")
    )`);
    this.addSql(
      `alter table "memberships" add constraint "memberships_user_foreign" foreign key ("user") references "users" ("id") on update cascade on delete cascade`,
    );
    this.addSql(
      `alter table "memberships" add constraint "memberships_workspace_foreign" foreign key ("workspace") references "workspaces" ("id") on update cascade on delete cascade`,
    );
    this.addSql(`create table "sessions" (
      "id" text not null,
      "token_hash" text not null,
      "user" text not null,
      "workspace" text not null,
      "expires_at" timestamptz(3) not null,
      "created_at" timestamptz(3) not null,
      primary key ("id")
    )`);
    this.addSql(`alter table "sessions" add constraint "sessions_token_hash_unique" unique ("token_hash")`);
    this.addSql(
      `alter table "sessions" add constraint "sessions_user_foreign" foreign key ("user") references "users" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "sessions" add constraint "sessions_workspace_foreign" foreign key ("workspace") references "workspaces" ("id") on delete cascade`,
    );
    this.addSql(`create table "api_keys" (
      "id" text not null,
      "workspace" text not null,
      "name" text not null,
      "prefix" text not null,
      "key_hash" text not null,
      "created_at" timestamptz(3) not null,
      "last_used_at" timestamptz(3),
      primary key ("id")
    )`);
    this.addSql(`create index "api_keys_workspace_index" on "api_keys" ("workspace")`);
    this.addSql(`alter table "api_keys" add constraint "api_keys_key_hash_unique" unique ("key_hash")`);
    this.addSql(
      `alter table "api_keys" add constraint "api_keys_workspace_foreign" foreign key ("workspace") references "workspaces" ("id") on delete cascade`,
    );
    this.addSql(`create table "automations" (
      "id" text not null,
      "workspace" text not null,
      "name" text not null,
      "description" text not null,
      "draft" jsonb not null,
      "draft_hash" text not null,
      "draft_revision" int not null,
      "triggers" jsonb not null,
      "published_version" text,
      "created_at" timestamptz(3) not null,
      "updated_at" timestamptz(3) not null,
      "deleted_at" timestamptz(3),
      primary key ("id")
    )`);
    this.addSql(`create index "automations_by_update" on "automations" ("workspace", "updated_at", "id")`);
    this.addSql(
      `alter table "automations" add constraint "automations_workspace_foreign" foreign key ("workspace") references "workspaces" ("id") on delete cascade`,
    );
    this.addSql(`create table "versions" (
      "id" text not null,
      "workspace" text not null,
      "automation" text not null,
      "number" int not null,
      "hash" text not null,
      "graph" jsonb not null,
      "created_by" text,
      "created_at" timestamptz(3) not null,
      primary key ("id")
    )`);
    this.addSql(
      `alter table "versions" add constraint "versions_number_unique" unique ("automation", "number")`,
    );
    this.addSql(
      `alter table "versions" add constraint "versions_workspace_foreign" foreign key ("workspace") references "workspaces" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "versions" add constraint "versions_automation_foreign" foreign key ("automation") references "automations" ("id") on delete cascade`,
    );
    this.addSql(`create table "webhooks" (
      "path" text not null,
      "method" text not null,
      "workspace" text not null,
      "automation" text not null,
      "automation_name" text not null,
      "version" text not null,
      "version_number" int not null,
      "node" text not null,
      primary key ("path", "method")
    )`);
    this.addSql(`create index "webhooks_automation_index" on "webhooks" ("automation")`);
    this.addSql(
      `alter table "webhooks" add constraint "webhooks_workspace_foreign" foreign key ("workspace") references "workspaces" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "webhooks" add constraint "webhooks_automation_foreign" foreign key ("automation") references "automations" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "webhooks" add constraint "webhooks_version_foreign" foreign key ("version") references "versions" ("id") on delete cascade`,
    );
    this.addSql(`create table "runs" (
      "id" text not null,
      "workspace" text not null,
      "automation" text not null,
      "version" text not null,
      "trigger" text not null,
      "trigger_node" text not null,
      "workflow_id" text not null,
      "state" text not null,
      "state_seq" int not null,
      "last_seq" int not null,
      "started_at" timestamptz(3) not null,
      "finished_at" timestamptz(3),
      "failure" jsonb,
      "response" jsonb,
      "last_event_at" timestamptz(3) not null,
      "checked_at" timestamptz(3),
      primary key ("id")
    )`);
    this.addSql(`create index "runs_by_start" on "runs" ("workspace", "started_at", "id")`);
    this.addSql(
      `create index "runs_by_automation" on "runs" ("workspace", "automation", "started_at", "id")`,
    );
    this.addSql(`create index "runs_by_state" on "runs" ("workspace", "state", "started_at", "id")`);
    this.addSql(`create index "runs_open" on "runs" ("id") where state in ('queued', 'running', 'waiting')`);
    this.addSql(`create table "steps" (
      "run" text not null,
      "node" text not null,
      "index" int not null,
      "workspace" text not null,
      "state" text not null,
      "seq" int not null,
      "last_seq" int not null,
      "started_at" timestamptz(3) not null,
      "finished_at" timestamptz(3),
      "until" timestamptz(3),
      "attempts" int not null,
      "sources" jsonb,
      "outputs" jsonb,
      "failure" jsonb,
      "logs" jsonb,
      "truncated" jsonb,
      primary key ("run", "node", "index")
    )`);
    this.addSql(`create index "steps_by_seq" on "steps" ("run", "seq")`);
    this.addSql(`create table "idempotency_keys" (
      "workspace" text not null,
      "key" text not null,
      "request_hash" text not null,
      "status" int,
      "body" jsonb,
      "created_at" timestamptz(3) not null,
      primary key ("workspace", "key")
    )`);
    this.addSql(`create table "settings" (
      "key" text not null,
      "value" jsonb not null,
      "updated_at" timestamptz(3) not null,
      primary key ("key")
    )`);
    this.addSql(`create table "bus_messages" (
      "id" text not null,
      "message" jsonb not null,
      "created_at" timestamptz(3) not null,
      primary key ("id")
    )`);
    this.addSql(`create index "bus_messages_by_age" on "bus_messages" ("created_at")`);
  }

  override down(): void {
    for (const table of tables.toReversed()) this.addSql(`drop table "${table}" cascade`);
  }
}

const tables = [
  'workspaces',
  'users',
  'memberships',
  'sessions',
  'api_keys',
  'automations',
  'versions',
  'webhooks',
  'runs',
  'steps',
  'idempotency_keys',
  'settings',
  'bus_messages',
];
