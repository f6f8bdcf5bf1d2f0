import { Migration } from '@mikro-orm/migrations';

/** Conversations in which somebody tries an agent, and automations that start one: both are in no list. */
export class Migration025AgentsAtWork extends Migration {
  override up(): void {
    this.addSql('alter table "conversations" add column "trial" text null');
    this.addSql('alter table "automations" add column "starts_agent" text null');
    this.addSql(
      'create unique index "automations_starts_agent_unique" on "automations" ("starts_agent") where deleted_at is null',
    );
  }

  override down(): void {
    this.addSql('drop index "automations_starts_agent_unique"');
    this.addSql('alter table "automations" drop column "starts_agent"');
    this.addSql('alter table "conversations" drop column "trial"');
  }
}
