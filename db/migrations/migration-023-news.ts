import { Migration } from '@mikro-orm/migrations';
import { protectTable, workspaceTable } from '../rls/protect-table.ts';

/**
 * What telling people takes: notifications that stand for more than one thing, who looks at a conversation, and who started a run.
 * And the files that messages refer to, as an index.
 */
export class Migration023News extends Migration {
  override up(): void {
    this.addSql(`alter table "notifications"
      add column "thread" text null, add column "times" int not null default 1, add column "mark" text null`);
    this.addSql(
      'create index "notifications_by_thread" on "notifications" ("workspace", "thread") where thread is not null',
    );

    this.addSql(`create table "chat_viewers" (
      "conversation" text not null,
      "socket" text not null,
      "workspace" text not null,
      "person" text not null,
      "until" timestamptz(3) not null,
      primary key ("conversation", "socket"),
      constraint "chat_viewers_workspace_foreign" foreign key ("workspace") references "workspaces" ("id") on delete cascade,
      constraint "chat_viewers_conversation_foreign" foreign key ("conversation") references "conversations" ("id") on delete cascade
    )`);
    this.addSql('create index "chat_viewers_by_socket" on "chat_viewers" ("socket")');
    this.addSql('create index "chat_viewers_by_end" on "chat_viewers" ("until")');
    for (const statement of protectTable('chat_viewers', workspaceTable)) this.addSql(statement);

    this.addSql('alter table "runs" add column "started_by" text null');
    this.addSql(
      `create index "messages_by_file" on "messages" using gin (jsonb_path_query_array("parts", '$[*].file'))`,
    );
  }

  override down(): void {
    this.addSql('drop index "messages_by_file"');
    this.addSql('alter table "runs" drop column "started_by"');
    this.addSql('drop table "chat_viewers"');
    this.addSql('drop index "notifications_by_thread"');
    this.addSql('alter table "notifications" drop column "thread", drop column "times", drop column "mark"');
  }
}
