import { Migration } from '@mikro-orm/migrations';

/** Indexes by which retention finds what goes with a run: see `repositories/rows-of-runs.ts`. */
export class Migration013RowsOfRuns extends Migration {
  override up(): void {
    this.addSql('create index "webhook_deliveries_by_run" on "webhook_deliveries" ("workspace", "run")');
    this.addSql(`create index "step_results_by_run" on "step_results" (split_part("key", ':', 1))`);
  }
}
