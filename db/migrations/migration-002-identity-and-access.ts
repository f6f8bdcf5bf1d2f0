import { Migration } from '@mikro-orm/migrations';

/** Identity and access: sessions with their devices, second factors, invitations, groups and grants, keys, secrets, the audit log. */
export class Migration002IdentityAndAccess extends Migration {
  override up(): void {
    this.addSql(`create table "audit_events" (
      "id" text not null,
      "workspace" text,
      "at" timestamptz(3) not null,
      "actor_type" text not null,
      "actor" text,
      "actor_name" text,
      "action" text not null,
      "outcome" text not null,
      "resource_type" text,
      "resource" text,
      "resource_name" text,
      "ip" text,
      "user_agent" text,
      "before" jsonb,
      "after" jsonb,
      primary key ("id")
    )`);
    this.addSql(`create index "audit_events_by_workspace" on "audit_events" ("workspace", "id")`);
    this.addSql(`create table "login_tokens" (
      "token_hash" text not null,
      "purpose" text not null,
      "email" text not null,
      "created_at" timestamptz(3) not null,
      "expires_at" timestamptz(3) not null,
      primary key ("token_hash")
    )`);
    this.addSql(`create index "login_tokens_email_index" on "login_tokens" ("email")`);
    this.addSql(`create table "recovery_codes" (
      "user" text not null,
      "code_hash" text not null,
      "used_at" timestamptz(3),
      primary key ("user", "code_hash")
    )`);
    this.addSql(`create table "identities" (
      "provider" text not null,
      "subject" text not null,
      "user" text not null,
      "created_at" timestamptz(3) not null,
      primary key ("provider", "subject")
    )`);
    this.addSql(`create index "identities_user_index" on "identities" ("user")`);
    this.addSql(`create table "variables" (
      "workspace" text not null,
      "name" text not null,
      "value" text not null,
      "secret" boolean not null,
      "updated_by" text,
      "updated_at" timestamptz(3) not null,
      primary key ("workspace", "name")
    )`);
    this.addSql(`create table "invitations" (
      "id" text not null,
      "workspace" text not null,
      "email" text,
      "role" text not null,
      "token_hash" text not null,
      "created_by" text not null,
      "created_at" timestamptz(3) not null,
      "expires_at" timestamptz(3) not null,
      "used_at" timestamptz(3),
      "used_by" text,
      primary key ("id")
    )`);
    this.addSql(`create index "invitations_workspace_index" on "invitations" ("workspace")`);
    this.addSql(
      `alter table "invitations" add constraint "invitations_token_hash_unique" unique ("token_hash")`,
    );
    this.addSql(`create table "groups" (
      "id" text not null,
      "workspace" text not null,
      "name" text not null,
      "created_at" timestamptz(3) not null,
      primary key ("id")
    )`);
    this.addSql(`alter table "groups" add constraint "groups_name_unique" unique ("workspace", "name")`);
    this.addSql(`create table "group_members" (
      "group" text not null,
      "user" text not null,
      "workspace" text not null,
      primary key ("group", "user")
    )`);
    this.addSql(`create table "grants" (
      "id" text not null,
      "workspace" text not null,
      "resource_type" text not null,
      "resource" text not null,
      "grantee_type" text not null,
      "grantee" text not null,
      "level" text not null,
      "created_by" text,
      "created_at" timestamptz(3) not null,
      primary key ("id")
    )`);
    this.addSql(
      `alter table "grants" add constraint "grants_unique" unique ("workspace", "resource_type", "resource", "grantee_type", "grantee")`,
    );
    this.addSql(`create table "data_keys" (
      "workspace" text not null,
      "version" int not null,
      "wrapped" text not null,
      "master_key" text not null,
      "created_at" timestamptz(3) not null,
      primary key ("workspace", "version")
    )`);
    this.addSql(`create table "credentials" (
      "id" text not null,
      "workspace" text not null,
      "name" text not null,
      "type" text not null,
      "fields" jsonb not null,
      "sealed" text not null,
      "revision" int not null,
      "created_by" text,
      "created_at" timestamptz(3) not null,
      "updated_at" timestamptz(3) not null,
      "last_used_at" timestamptz(3),
      "tested_at" timestamptz(3),
      "test_passed" boolean,
      primary key ("id")
    )`);
    this.addSql(
      `alter table "credentials" add constraint "credentials_name_unique" unique ("workspace", "name")`,
    );
    // Whoever was signed in signs in again: the old rows know nothing of how and where.
    this.addSql(`delete from "sessions"`);
    this.addSql(`alter table "sessions" drop constraint "sessions_workspace_foreign"`);
    this.addSql(`alter table "users" add "email_verified_at" timestamptz(3),
      add "totp_secret" text,
      add "totp_confirmed_at" timestamptz(3),
      add "totp_last_step" int,
      add "failed_sign_ins" int not null default 0,
      add "locked_until" timestamptz(3),
      add "disabled_at" timestamptz(3)`);
    // The owners there are came from the console or the environment: nobody else could have named their address.
    this.addSql(`update "users" set "email_verified_at" = "created_at"`);
    this.addSql(`alter table "users" alter column "password_hash" drop not null`);
    this.addSql(`alter table "workspaces" add "deleted_at" timestamptz(3)`);
    this.addSql(`alter table "webhooks" add "suspended" boolean not null default false`);
    this.addSql(`alter table "sessions" drop column "workspace"`);
    this.addSql(`alter table "sessions" add "active_workspace" text,
      add "method" text not null,
      add "second_factor_due" boolean not null default false,
      add "ip" text,
      add "user_agent" text,
      add "device" text not null,
      add "last_seen_at" timestamptz(3) not null`);
    this.addSql(
      `alter table "sessions" add constraint "sessions_active_workspace_foreign" foreign key ("active_workspace") references "workspaces" ("id") on delete set null`,
    );
    this.addSql(`create index "sessions_user_index" on "sessions" ("user")`);
    // The keys there are came from HIVIEX_API_KEY and may do everything.
    this.addSql(`alter table "api_keys" add "role" text not null default 'owner'`);
    this.addSql(`alter table "api_keys" alter column "role" drop default`);
    this.addSql(`alter table "api_keys" add "user" text,
      add "scopes" jsonb,
      add "rate_limit" int,
      add "expires_at" timestamptz(3),
      add "created_by" text`);
    this.addSql(
      `alter table "api_keys" add constraint "api_keys_user_foreign" foreign key ("user") references "users" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "recovery_codes" add constraint "recovery_codes_user_foreign" foreign key ("user") references "users" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "identities" add constraint "identities_user_foreign" foreign key ("user") references "users" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "variables" add constraint "variables_workspace_foreign" foreign key ("workspace") references "workspaces" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "invitations" add constraint "invitations_workspace_foreign" foreign key ("workspace") references "workspaces" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "groups" add constraint "groups_workspace_foreign" foreign key ("workspace") references "workspaces" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "group_members" add constraint "group_members_group_foreign" foreign key ("group") references "groups" ("id") on update cascade on delete cascade`,
    );
    this.addSql(
      `alter table "group_members" add constraint "group_members_user_foreign" foreign key ("user") references "users" ("id") on update cascade on delete cascade`,
    );
    this.addSql(
      `alter table "group_members" add constraint "group_members_workspace_foreign" foreign key ("workspace") references "workspaces" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "grants" add constraint "grants_workspace_foreign" foreign key ("workspace") references "workspaces" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "data_keys" add constraint "data_keys_workspace_foreign" foreign key ("workspace") references "workspaces" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "credentials" add constraint "credentials_workspace_foreign" foreign key ("workspace") references "workspaces" ("id") on delete cascade`,
    );
  }
}
