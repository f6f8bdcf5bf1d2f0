import { Migration } from '@mikro-orm/migrations';
import { protectTable, workspaceTable } from '../rls/protect-table.ts';

/** What people have agreed to at MCP servers: each for themselves. */
export class Migration031McpConnections extends Migration {
  override up(): void {
    const gone = 'on delete cascade';
    this.addSql(`create table "mcp_connections" (
      "id" text not null primary key,
      "workspace" text not null,
      "server" text not null,
      "user" text not null,
      "sealed" text not null,
      "connected" boolean not null,
      "refreshing_until" timestamptz(3) null,
      "created_at" timestamptz(3) not null,
      "updated_at" timestamptz(3) not null,
      constraint "mcp_connections_of_person_unique" unique ("workspace", "server", "user"),
      constraint "mcp_connections_workspace_foreign" foreign key ("workspace") references "workspaces" ("id") ${gone},
      constraint "mcp_connections_server_foreign" foreign key ("server") references "mcp_servers" ("id") ${gone},
      constraint "mcp_connections_user_foreign" foreign key ("user") references "users" ("id") ${gone}
    )`);
    for (const statement of protectTable('mcp_connections', workspaceTable)) this.addSql(statement);
  }

  override down(): void {
    this.addSql('drop table "mcp_connections"');
  }
}
