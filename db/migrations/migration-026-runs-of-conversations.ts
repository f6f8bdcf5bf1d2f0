import { Migration } from '@mikro-orm/migrations';

/** Runs of agents by the conversation they answer in, and by the run that called them: they go with these. */
export class Migration026RunsOfConversations extends Migration {
  override up(): void {
    this.addSql(
      'create index "agent_runs_by_conversation" on "agent_runs" ("workspace", "conversation") where conversation is not null',
    );
    this.addSql(
      'create index "agent_runs_by_parent" on "agent_runs" ("workspace", "parent") where parent is not null',
    );
  }

  override down(): void {
    this.addSql('drop index "agent_runs_by_parent"');
    this.addSql('drop index "agent_runs_by_conversation"');
  }
}
