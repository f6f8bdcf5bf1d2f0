import { Migration } from '@mikro-orm/migrations';
import { protectTable, workspaceTable } from '../rls/protect-table.ts';

/** Conversations: their messages and how these grow, who read and rated what, links to share them, and notifications of people. */
export class Migration018Chat extends Migration {
  override up(): void {
    const ofWorkspace = (table: string) =>
      `constraint "${table}_workspace_foreign" foreign key ("workspace") references "workspaces" ("id") on delete cascade`;
    const within = (table: string, column: string, of: string) =>
      `constraint "${table}_${column}_foreign" foreign key ("${column}") references "${of}" ("id") on delete cascade`;

    this.addSql(`create table "conversations" (
      "id" text not null primary key,
      "workspace" text not null,
      "owner" text not null,
      "visibility" text not null,
      "answerer_kind" text not null,
      "answerer" text not null,
      "title" text not null,
      "titled_by" text not null,
      "leaf" text null,
      "created_at" timestamptz(3) not null,
      "updated_at" timestamptz(3) not null,
      ${ofWorkspace('conversations')}
    )`);
    this.addSql(
      'create index "conversations_by_owner" on "conversations" ("workspace", "owner", "updated_at", "id")',
    );
    this.addSql(
      `create index "conversations_open" on "conversations" ("workspace", "updated_at", "id") where visibility = 'workspace'`,
    );

    this.addSql(`create table "messages" (
      "id" text not null primary key,
      "workspace" text not null,
      "conversation" text not null,
      "parent" text null,
      "role" text not null,
      "author" text null,
      "author_name" text null,
      "answerer" jsonb null,
      "state" text not null,
      "parts" jsonb not null,
      "seq" int not null,
      "fences" jsonb not null,
      "text" text not null,
      "run" text null,
      "failure" jsonb null,
      "took" jsonb null,
      "created_at" timestamptz(3) not null,
      "finished_at" timestamptz(3) null,
      ${ofWorkspace('messages')},
      ${within('messages', 'conversation', 'conversations')}
    )`);
    this.addSql('create index "messages_by_conversation" on "messages" ("conversation", "created_at", "id")');
    this.addSql('create index "messages_by_run" on "messages" ("run")');
    this.addSql(
      `create index "messages_open" on "messages" ("created_at") where state in ('queued', 'running', 'waiting')`,
    );
    this.addSql(`create index "messages_by_words" on "messages" using gin (to_tsvector('simple', "text"))`);

    this.addSql(`create table "message_changes" (
      "message" text not null,
      "seq" int not null,
      "workspace" text not null,
      "changes" jsonb not null,
      primary key ("message", "seq"),
      ${ofWorkspace('message_changes')},
      ${within('message_changes', 'message', 'messages')}
    )`);

    this.addSql(`create table "message_feedback" (
      "message" text not null,
      "person" text not null,
      "workspace" text not null,
      "thumb" text not null,
      "comment" text not null,
      "created_at" timestamptz(3) not null,
      primary key ("message", "person"),
      ${ofWorkspace('message_feedback')},
      ${within('message_feedback', 'message', 'messages')}
    )`);

    this.addSql(`create table "conversation_reads" (
      "conversation" text not null,
      "person" text not null,
      "workspace" text not null,
      "read_at" timestamptz(3) not null,
      primary key ("conversation", "person"),
      ${ofWorkspace('conversation_reads')},
      ${within('conversation_reads', 'conversation', 'conversations')}
    )`);

    this.addSql(`create table "share_links" (
      "id" text not null primary key,
      "workspace" text not null,
      "conversation" text not null,
      "leaf" text not null,
      "token_hash" text not null,
      "created_by" text not null,
      "created_at" timestamptz(3) not null,
      "revoked_at" timestamptz(3) null,
      constraint "share_links_token_unique" unique ("token_hash"),
      ${ofWorkspace('share_links')},
      ${within('share_links', 'conversation', 'conversations')}
    )`);
    this.addSql('create index "share_links_by_conversation" on "share_links" ("conversation", "created_at")');

    this.addSql(`create table "notifications" (
      "id" text not null primary key,
      "workspace" text not null,
      "person" text not null,
      "key" text not null,
      "about" jsonb not null,
      "created_at" timestamptz(3) not null,
      "read_at" timestamptz(3) null,
      constraint "notifications_once" unique ("workspace", "person", "key"),
      ${ofWorkspace('notifications')}
    )`);
    this.addSql(
      'create index "notifications_by_person" on "notifications" ("workspace", "person", "created_at", "id")',
    );
    this.addSql('create index "notifications_by_age" on "notifications" ("created_at")');

    for (const table of tables)
      for (const statement of protectTable(table, workspaceTable)) this.addSql(statement);
  }

  override down(): void {
    for (const table of tables.toReversed()) this.addSql(`drop table "${table}"`);
  }
}

const tables = [
  'conversations',
  'messages',
  'message_changes',
  'message_feedback',
  'conversation_reads',
  'share_links',
  'notifications',
];
