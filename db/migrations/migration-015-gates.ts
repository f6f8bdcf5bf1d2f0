import { Migration } from '@mikro-orm/migrations';

/** What the log of deliveries says of calls that a gate holds. */
export class Migration015Gates extends Migration {
  override up(): void {
    this.addSql('alter table "webhook_deliveries" add column "gate" text, add column "gate_delivery" text');
    this.addSql(
      'create index "webhook_deliveries_gated" on "webhook_deliveries" ("workspace", "gate_delivery") where gate_delivery is not null',
    );
  }

  override down(): void {
    this.addSql('drop index "webhook_deliveries_gated"');
    this.addSql('alter table "webhook_deliveries" drop column "gate", drop column "gate_delivery"');
  }
}
