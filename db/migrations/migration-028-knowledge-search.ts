import { Migration } from '@mikro-orm/migrations';
import { protectTable, workspaceTable } from '../rls/protect-table.ts';

/** What knowledge is found by: words of chunks, vectors in generations (indexes), and vectors that were paid for before (decision 037). */
export class Migration028KnowledgeSearch extends Migration {
  override up(): void {
    const foreign = (table: string, column: string, of: string, also = '') =>
      `constraint "${table}_${column}_foreign" foreign key ("${column}") references "${of}" ("id") ${also} on delete cascade`;

    // Without iterative scans a filter takes what is found away, and nobody is told.
    this.addSql(`do $$ begin
      if (select string_to_array(extversion, '.')::int[] < '{0,8,0}' from pg_extension where extname = 'vector') then
        raise exception 'pgvector is older than 0.8. Update it on the server and run as an administrator: alter extension vector update';
      end if;
    end $$`);

    this.addSql('alter table "knowledge_chunks" add column "words" tsvector');
    this.addSql('set local role hiviex_system');
    this.addSql(`update knowledge_chunks set words = to_tsvector(language::regconfig, text)`);
    this.addSql('reset role');
    this.addSql('alter table "knowledge_chunks" alter column "words" set not null');
    this.addSql('create index "knowledge_chunks_by_words" on "knowledge_chunks" using gin ("words")');
    // Which languages a base has, without reading all of it.
    this.addSql('create index "knowledge_chunks_by_language" on "knowledge_chunks" ("base", "language")');
    this.addSql('drop index "knowledge_chunks_by_base"');

    this.addSql(`create table "knowledge_indexes" (
      "id" text not null primary key,
      "workspace" text not null,
      "base" text not null,
      "provider" text not null,
      "model" text not null,
      "dimensions" int null,
      "state" text not null,
      "created_at" timestamptz(3) not null,
      "activated_at" timestamptz(3) null,
      ${foreign('knowledge_indexes', 'workspace', 'workspaces')},
      ${foreign('knowledge_indexes', 'base', 'knowledge_bases')}
    )`);
    this.addSql(
      `create unique index "knowledge_indexes_one_of_each" on "knowledge_indexes" ("base", "state") where state <> 'retired'`,
    );

    this.addSql(`create table "knowledge_vectors" (
      "chunk" text not null,
      "index" text not null,
      "workspace" text not null,
      "document" text not null,
      "version" text not null,
      "dimensions" int not null,
      "embedding" halfvec not null,
      primary key ("chunk", "index"),
      ${foreign('knowledge_vectors', 'workspace', 'workspaces')},
      ${foreign('knowledge_vectors', 'index', 'knowledge_indexes', 'on update cascade')},
      ${foreign('knowledge_vectors', 'chunk', 'knowledge_chunks', 'on update cascade')}
    )`);
    // Beside its row: fetching each from elsewhere costs more than to compare it.
    this.addSql('alter table "knowledge_vectors" alter column "embedding" set storage main');
    this.addSql('create index "knowledge_vectors_by_document" on "knowledge_vectors" ("index", "document")');
    for (const dimensions of [256, 384, 512, 768, 1024, 1536, 2048, 3072])
      this.addSql(`create index "knowledge_vectors_near_${dimensions}" on "knowledge_vectors"
        using hnsw ((embedding::halfvec(${dimensions})) halfvec_cosine_ops) where dimensions = ${dimensions}`);

    this.addSql(`create table "embedding_cache" (
      "workspace" text not null,
      "model" text not null,
      "hash" text not null,
      "embedding" halfvec not null,
      "created_at" timestamptz(3) not null,
      primary key ("workspace", "model", "hash"),
      ${foreign('embedding_cache', 'workspace', 'workspaces')}
    )`);
    this.addSql('create index "embedding_cache_by_age" on "embedding_cache" ("created_at")');

    for (const table of tables)
      for (const statement of protectTable(table, workspaceTable)) this.addSql(statement);
  }

  override down(): void {
    for (const table of tables.toReversed()) this.addSql(`drop table "${table}"`);
    this.addSql('create index "knowledge_chunks_by_base" on "knowledge_chunks" ("base")');
    this.addSql('drop index "knowledge_chunks_by_language"');
    this.addSql('alter table "knowledge_chunks" drop column "words"');
  }
}

const tables = ['knowledge_indexes', 'knowledge_vectors', 'embedding_cache'];
