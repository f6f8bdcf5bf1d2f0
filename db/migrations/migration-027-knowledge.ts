import { Migration } from '@mikro-orm/migrations';
import { protectTable, workspaceTable } from '../rls/protect-table.ts';

/** Knowledge bases, their documents, and the passages these are cut into. */
export class Migration027Knowledge extends Migration {
  override up(): void {
    const foreign = (table: string, column: string, of: string) =>
      `constraint "${table}_${column}_foreign" foreign key ("${column}") references "${of}" ("id") on delete cascade`;

    this.addSql(`create table "knowledge_bases" (
      "id" text not null primary key,
      "workspace" text not null,
      "name" text not null,
      "description" text not null,
      "embedding" text not null,
      "chunking" jsonb not null,
      "language" text not null,
      "retrieval" jsonb not null,
      "created_by" text null,
      "created_at" timestamptz(3) not null,
      "updated_at" timestamptz(3) not null,
      "deleted_at" timestamptz(3) null,
      ${foreign('knowledge_bases', 'workspace', 'workspaces')}
    )`);
    this.addSql(
      'create index "knowledge_bases_by_update" on "knowledge_bases" ("workspace", "updated_at", "id")',
    );
    this.addSql(
      'create index "knowledge_bases_deleted" on "knowledge_bases" ("deleted_at") where deleted_at is not null',
    );

    this.addSql(`create table "knowledge_documents" (
      "id" text not null primary key,
      "workspace" text not null,
      "base" text not null,
      "parent" text null,
      "name" text not null,
      "source" jsonb not null,
      "object" text null,
      "type" text null,
      "state" text not null,
      "progress" jsonb null,
      "failure" jsonb null,
      "metadata" jsonb not null,
      "bytes" bigint null,
      "pages" int null,
      "chunks" int not null default 0,
      "tokens" int not null default 0,
      "content_hash" text null,
      "version" text null,
      "created_by" text null,
      "created_at" timestamptz(3) not null,
      "updated_at" timestamptz(3) not null,
      "synced_at" timestamptz(3) null,
      ${foreign('knowledge_documents', 'workspace', 'workspaces')},
      ${foreign('knowledge_documents', 'base', 'knowledge_bases')}
    )`);
    this.addSql(
      'create index "knowledge_documents_by_creation" on "knowledge_documents" ("base", "created_at", "id")',
    );
    this.addSql(
      'create index "knowledge_documents_by_parent" on "knowledge_documents" ("parent") where parent is not null',
    );
    this.addSql(
      `create index "knowledge_documents_by_file" on "knowledge_documents" ("workspace", ("source" ->> 'file')) where source ->> 'kind' = 'file'`,
    );

    this.addSql(`create table "knowledge_chunks" (
      "id" text not null primary key,
      "workspace" text not null,
      "base" text not null,
      "document" text not null,
      "version" text not null,
      "position" int not null,
      "text" text not null,
      "overlap" int not null,
      "headings" jsonb not null,
      "page" int null,
      "tokens" int not null,
      "language" text not null,
      constraint "knowledge_chunks_position_unique" unique ("document", "version", "position"),
      ${foreign('knowledge_chunks', 'workspace', 'workspaces')},
      ${foreign('knowledge_chunks', 'base', 'knowledge_bases')},
      ${foreign('knowledge_chunks', 'document', 'knowledge_documents')}
    )`);
    this.addSql('create index "knowledge_chunks_by_base" on "knowledge_chunks" ("base")');

    for (const table of tables)
      for (const statement of protectTable(table, workspaceTable)) this.addSql(statement);
  }

  override down(): void {
    for (const table of tables.toReversed()) this.addSql(`drop table "${table}"`);
  }
}

const tables = ['knowledge_bases', 'knowledge_documents', 'knowledge_chunks'];
