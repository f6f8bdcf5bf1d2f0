import { Migration } from '@mikro-orm/migrations';
import { protectTable, workspaceTable } from '../rls/protect-table.ts';

/** MCP servers that agents and automations of a workspace use, with what they say of their tools and what of it was approved. */
export class Migration030McpServers extends Migration {
  override up(): void {
    this.addSql(`create table "mcp_servers" (
      "id" text not null primary key,
      "workspace" text not null,
      "name" text not null,
      "transport" jsonb not null,
      "auth" jsonb not null,
      "enabled" boolean not null,
      "revision" int not null,
      "listed" jsonb not null,
      "approved" jsonb not null,
      "listed_at" timestamptz(3) null,
      "failure" jsonb null,
      "created_at" timestamptz(3) not null,
      "updated_at" timestamptz(3) not null,
      constraint "mcp_servers_name_unique" unique ("workspace", "name"),
      constraint "mcp_servers_workspace_foreign" foreign key ("workspace") references "workspaces" ("id") on delete cascade
    )`);
    for (const statement of protectTable('mcp_servers', workspaceTable)) this.addSql(statement);
  }

  override down(): void {
    this.addSql('drop table "mcp_servers"');
  }
}
