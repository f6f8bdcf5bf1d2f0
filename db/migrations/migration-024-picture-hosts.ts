import { Migration } from '@mikro-orm/migrations';

/** Hosts whose pictures a workspace shows without asking, as a person writes them. */
export class Migration024PictureHosts extends Migration {
  override up(): void {
    this.addSql(`alter table "workspaces" add column "picture_hosts" text not null default ''`);
  }

  override down(): void {
    this.addSql('alter table "workspaces" drop column "picture_hosts"');
  }
}
