/** An MCP server whose tools, as they are listed now, a person has approved. */

import type { McpAuth } from '../../contracts/mcp/mcp-server.ts';
import type { McpTool } from '../../contracts/mcp/mcp-tool.ts';
import { contentHash, type Database } from '../../db/index.ts';
import type { McpDouble } from '../../outbound/mcp/testing/mcp-double.ts';

let made = 0;

/**
 * @param names of those that are; left out: all
 * @returns its id
 */
export async function approvedServer(
  db: Database,
  workspace: string,
  { url, tools }: Pick<McpDouble, 'url' | 'tools'>,
  names = tools.map(({ name }) => name),
  auth: McpAuth = { kind: 'none' },
): Promise<string> {
  made += 1;
  const listed = tools.map(
    ({ name, description = '', inputSchema, annotations }): McpTool => ({
      ...{ name, title: '', description, parameters: inputSchema as McpTool['parameters'] },
      hints: {
        readOnly: annotations?.readOnlyHint ?? false,
        idempotent: annotations?.idempotentHint ?? false,
        destructive: annotations?.readOnlyHint !== true,
        task: false,
      },
    }),
  );
  return await db.inWorkspace(workspace, async ({ mcpServers }) => {
    const transport = { kind: 'http', url } as const;
    const server = (await mcpServers.create({ name: `MCP ${made}`, transport, auth }))!;
    await mcpServers.noteTools(server.id, server.revision, listed);
    const approve = listed
      .filter(({ name }) => names.includes(name))
      .map((tool) => ({ name: tool.name, digest: contentHash(tool) }));
    await mcpServers.review(server.id, { approve, revoke: [] });
    return server.id;
  });
}
