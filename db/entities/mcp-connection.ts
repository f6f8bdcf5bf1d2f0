import { defineEntity, p } from '@mikro-orm/core';
import { McpServer } from './mcp-server.ts';
import { User } from './user.ts';
import { Workspace } from './workspace.ts';

/** What one person has agreed to at one MCP server. */
export const McpConnection = defineEntity({
  name: 'McpConnection',
  tableName: 'mcp_connections',
  uniques: [{ name: 'mcp_connections_of_person_unique', properties: ['workspace', 'server', 'user'] }],
  properties: {
    id: p.text().primary(),
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade'),
    server: () => p.manyToOne(McpServer).mapToPk().fieldName('server').deleteRule('cascade'),
    user: () => p.manyToOne(User).mapToPk().fieldName('user').deleteRule('cascade'),
    /** Tokens and how they are renewed, as JSON, sealed (see `vault/`). Never leaves the server. */
    sealed: p.text(),
    /** It holds tokens; else somebody has only begun. */
    connected: p.boolean(),
    refreshingUntil: p.datetime(3).nullable(),
    createdAt: p.datetime(3),
    updatedAt: p.datetime(3),
  },
});
