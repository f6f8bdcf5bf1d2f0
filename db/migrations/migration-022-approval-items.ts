import { Migration } from '@mikro-orm/migrations';

/** What an approval is about, with its fields in the order in which they came: jsonb sorts keys by their length, json leaves them. */
export class Migration022ApprovalItems extends Migration {
  override up(): void {
    this.addSql('alter table "approvals" add column "items" json null');
  }

  override down(): void {
    this.addSql('alter table "approvals" drop column "items"');
  }
}
