import { Migration } from '@mikro-orm/migrations';
import { protectTable, workspaceTable } from '../rls/protect-table.ts';

/** Providers of models, chains, prices, budgets with their accounts, the ledger of calls, and what limits and health need. */
export class Migration014Models extends Migration {
  override up(): void {
    const ofWorkspace = (table: string) =>
      `constraint "${table}_workspace_foreign" foreign key ("workspace") references "workspaces" ("id") on delete cascade`;

    this.addSql(`create table "model_providers" (
      "id" text not null primary key,
      "workspace" text not null,
      "name" text not null,
      "kind" text not null,
      "credential" text not null,
      "settings" jsonb not null,
      "enabled" boolean not null,
      "created_at" timestamptz(3) not null,
      "updated_at" timestamptz(3) not null,
      "tested_at" timestamptz(3) null,
      "test_passed" boolean null,
      constraint "model_providers_name_unique" unique ("workspace", "name"),
      ${ofWorkspace('model_providers')}
    )`);

    this.addSql(`create table "model_chains" (
      "id" text not null primary key,
      "workspace" text not null,
      "name" text not null,
      "entries" jsonb not null,
      "is_default" boolean not null,
      "created_at" timestamptz(3) not null,
      "updated_at" timestamptz(3) not null,
      constraint "model_chains_name_unique" unique ("workspace", "name"),
      ${ofWorkspace('model_chains')}
    )`);
    this.addSql(
      'create unique index "model_chains_default" on "model_chains" ("workspace") where is_default',
    );

    this.addSql(`create table "model_prices" (
      "workspace" text not null,
      "provider" text not null,
      "model" text not null,
      "input" bigint not null,
      "cached" bigint not null,
      "cache_write" bigint not null,
      "output" bigint not null,
      "updated_at" timestamptz(3) not null,
      primary key ("workspace", "provider", "model"),
      ${ofWorkspace('model_prices')}
    )`);

    this.addSql(`create table "model_budgets" (
      "id" text not null primary key,
      "workspace" text not null,
      "scope" text not null,
      "target" text null,
      "unit" text not null,
      "amount" bigint not null,
      "period" text not null,
      "created_at" timestamptz(3) not null,
      "updated_at" timestamptz(3) not null,
      ${ofWorkspace('model_budgets')}
    )`);
    this.addSql('create index "model_budgets_by_workspace" on "model_budgets" ("workspace", "created_at")');

    this.addSql(`create table "model_accounts" (
      "budget" text not null,
      "subject" text not null,
      "period" text not null,
      "workspace" text not null,
      "spent" bigint not null,
      "reserved" bigint not null,
      primary key ("budget", "subject", "period"),
      constraint "model_accounts_budget_foreign" foreign key ("budget") references "model_budgets" ("id") on delete cascade
    )`);

    this.addSql(`create table "model_calls" (
      "id" text not null primary key,
      "workspace" text not null,
      "key" text not null,
      "operation" text not null,
      "provider" text not null,
      "provider_name" text not null,
      "model" text not null,
      "state" text not null,
      "automation" text null,
      "run" text null,
      "node" text null,
      "agent" text null,
      "member" text null,
      "started_at" timestamptz(3) not null,
      "finished_at" timestamptz(3) null,
      "lease_until" timestamptz(3) not null,
      "first_token_ms" int null,
      "input" int not null,
      "cached" int not null,
      "cache_write" int not null,
      "output" int not null,
      "reasoning" int not null,
      "estimated" boolean not null,
      "price" jsonb null,
      "cost" bigint null,
      "holds" jsonb not null,
      "failure" jsonb null,
      "answer" jsonb null,
      ${ofWorkspace('model_calls')}
    )`);
    this.addSql('create index "model_calls_by_time" on "model_calls" ("workspace", "started_at", "id")');
    this.addSql('create index "model_calls_by_key" on "model_calls" ("workspace", "key")');
    this.addSql(
      `create unique index "model_calls_one_open" on "model_calls" ("workspace", "key") where state = 'open'`,
    );
    this.addSql(`create index "model_calls_open" on "model_calls" ("lease_until") where state = 'open'`);
    this.addSql(
      'create index "model_calls_answered" on "model_calls" ("finished_at") where answer is not null',
    );

    this.addSql(`create table "model_meters" (
      "workspace" text not null,
      "subject" text not null,
      "minute" int not null,
      "requests" int not null,
      "tokens" bigint not null,
      primary key ("workspace", "subject"),
      ${ofWorkspace('model_meters')}
    )`);

    this.addSql(`create table "model_health" (
      "workspace" text not null,
      "provider" text not null,
      "model" text not null,
      "failures" int not null,
      "reason" text not null,
      "rest_until" timestamptz(3) not null,
      "updated_at" timestamptz(3) not null,
      primary key ("workspace", "provider", "model"),
      ${ofWorkspace('model_health')}
    )`);

    this.addSql(`create table "model_limits" (
      "workspace" text not null primary key,
      "limits" jsonb not null,
      "updated_at" timestamptz(3) not null,
      constraint "model_limits_workspace_foreign" foreign key ("workspace") references "workspaces" ("id") on update cascade on delete cascade
    )`);

    for (const table of tables)
      for (const statement of protectTable(table, workspaceTable)) this.addSql(statement);
  }

  override down(): void {
    for (const table of tables.toReversed()) this.addSql(`drop table "${table}"`);
  }
}

const tables = [
  'model_providers',
  'model_chains',
  'model_prices',
  'model_budgets',
  'model_accounts',
  'model_calls',
  'model_meters',
  'model_health',
  'model_limits',
];
