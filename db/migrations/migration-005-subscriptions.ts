import { Migration } from '@mikro-orm/migrations';
import { protectTable, workspaceTable } from '../rls/protect-table.ts';

/** What triggers of published versions listen to: forms, mail, events, polls, other automations. */
export class Migration005Subscriptions extends Migration {
  override up(): void {
    this.addSql(`create table "subscriptions" (
      "automation" text not null,
      "node" text not null,
      "kind" text not null,
      "key" text not null,
      "workspace" text not null,
      "automation_name" text not null,
      "version" text not null,
      "version_number" int not null,
      "suspended" boolean not null default false,
      primary key ("automation", "node", "kind", "key")
    )`);
    for (const [column, table] of [
      ['automation', 'automations'],
      ['workspace', 'workspaces'],
      ['version', 'versions'],
    ])
      this.addSql(
        `alter table "subscriptions" add constraint "subscriptions_${column}_foreign" foreign key ("${column}") references "${table}" ("id") on delete cascade`,
      );
    this.addSql(`create index "subscriptions_by_key" on "subscriptions" ("workspace", "kind", "key")`);
    this.addSql(
      `create unique index "subscriptions_address" on "subscriptions" ("kind", "key") where kind in ('form', 'mail')`,
    );
    for (const statement of protectTable('subscriptions', workspaceTable)) this.addSql(statement);
  }

  override down(): void {
    this.addSql('drop table "subscriptions"');
  }
}
