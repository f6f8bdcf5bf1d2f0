import { Migration } from '@mikro-orm/migrations';
import { protectTable, workspaceTable } from '../rls/protect-table.ts';

/** Files that people and programs upload. */
export class Migration020Files extends Migration {
  override up(): void {
    this.addSql(`create table "files" (
      "id" text not null primary key,
      "workspace" text not null,
      "name" text not null,
      "type" text not null,
      "bytes" bigint not null,
      "purpose" text not null,
      "visibility" text not null,
      "state" text not null,
      "sha256" text null,
      "object" text null,
      "thumbnail" text null,
      "width" int null,
      "height" int null,
      "upload" text null,
      "refusal" jsonb null,
      "created_by" text not null,
      "created_at" timestamptz(3) not null,
      "ready_at" timestamptz(3) null,
      "checked_until" timestamptz(3) null,
      "sweep_at" timestamptz(3) null,
      constraint "files_workspace_foreign" foreign key ("workspace") references "workspaces" ("id") on delete cascade
    )`);
    this.addSql('create index "files_by_creation" on "files" ("workspace", "created_at", "id")');
    this.addSql('create index "files_by_hash" on "files" ("workspace", "sha256")');
    this.addSql('create index "files_by_object" on "files" ("object")');
    this.addSql('create index "files_to_sweep" on "files" ("sweep_at") where sweep_at is not null');
    for (const statement of protectTable('files', workspaceTable)) this.addSql(statement);
  }

  override down(): void {
    this.addSql('drop table "files"');
  }
}
