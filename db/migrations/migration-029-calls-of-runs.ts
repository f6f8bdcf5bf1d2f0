import { Migration } from '@mikro-orm/migrations';

/** What a run asked of models, for whoever started it by an API that tells its usage. */
export class Migration029CallsOfRuns extends Migration {
  override up(): void {
    this.addSql(
      'create index "model_calls_by_run" on "model_calls" ("workspace", "run") where run is not null',
    );
  }

  override down(): void {
    this.addSql('drop index "model_calls_by_run"');
  }
}
