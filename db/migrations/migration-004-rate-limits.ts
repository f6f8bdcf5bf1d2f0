import { Migration } from '@mikro-orm/migrations';
import { protectTable, systemTable } from '../rls/protect-table.ts';

/** Counters of requests, shared by all processes. Unlogged: they are written often, and a crash may forget them. */
export class Migration004RateLimits extends Migration {
  override up(): void {
    this.addSql(`create unlogged table "rate_limits" (
      "key" text not null,
      "points" int not null,
      "expire" bigint,
      primary key ("key")
    )`);
    for (const statement of protectTable('rate_limits', systemTable)) this.addSql(statement);
  }

  override down(): void {
    this.addSql('drop table "rate_limits"');
  }
}
