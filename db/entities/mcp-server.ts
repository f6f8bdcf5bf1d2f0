import { defineEntity, p } from '@mikro-orm/core';
import type { McpAuth, McpTransport } from '../../contracts/mcp/mcp-server.ts';
import type { McpTool } from '../../contracts/mcp/mcp-tool.ts';
import type { Failure } from '../../contracts/run.ts';
import { Workspace } from './workspace.ts';

/** An MCP server whose tools the workspace may use, once a person has approved them. */
export const McpServer = defineEntity({
  name: 'McpServer',
  tableName: 'mcp_servers',
  uniques: [{ name: 'mcp_servers_name_unique', properties: ['workspace', 'name'] }],
  properties: {
    id: p.text().primary(),
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade'),
    name: p.text(),
    transport: p.json().$type<McpTransport>(),
    auth: p.json().$type<McpAuth>(),
    enabled: p.boolean(),
    /** Grows when where it is or how it is called changes: connections from before are not used again. */
    revision: p.integer(),
    /** As the server described them last. */
    listed: p.json().$type<McpTool[]>(),
    /** As people have read and approved them. */
    approved: p.json().$type<McpTool[]>(),
    listedAt: p.datetime(3).nullable(),
    /** Why it did not tell them, the last time it was asked. */
    failure: p.json().$type<Failure>().nullable(),
    createdAt: p.datetime(3),
    updatedAt: p.datetime(3),
  },
});
