/** What an agent's tools of MCP servers stand for at this moment: only what is approved, described as it was approved. */
import type { Tool } from '../../contracts/agents/tool.ts';
import type { McpTool } from '../../contracts/mcp/mcp-tool.ts';
import { usableTools } from '../../contracts/mcp/tool-review.ts';
import type { McpServersRepository } from '../../db/index.ts';
import type { ToolTarget } from '../../engine/agents/tool-definition.ts';

type OfServer = Extract<Tool, { kind: 'mcp' }>;

const longestName = 64;

/** @returns the tools, and what is known of those of MCP servers, by their names */
export async function withMcpTools(
  tools: readonly Tool[],
  servers: Pick<McpServersRepository, 'get'>,
): Promise<{ tools: Tool[]; targets: Map<string, ToolTarget> }> {
  const targets = new Map<string, ToolTarget>();
  // Names that people have given go before those that are made.
  const taken = new Set(tools.map(({ name }) => name));
  const all: Tool[] = [];
  for (const tool of tools) {
    if (tool.kind !== 'mcp') {
      all.push(tool);
      continue;
    }
    for (const found of await usable(tool, servers)) {
      const name = tool.tool === '' ? freeName(`${tool.name}_${found.name}`, taken) : tool.name;
      taken.add(name);
      all.push({ ...tool, name, tool: found.name, description: tool.tool === '' ? '' : tool.description });
      targets.set(name, targetOf(found));
    }
  }
  return { tools: all, targets };
}

async function usable(
  { server: id, tool: name }: OfServer,
  servers: Pick<McpServersRepository, 'get'>,
): Promise<McpTool[]> {
  const server = id === '' ? undefined : await servers.get(id);
  if (!server?.enabled) return [];
  const found = usableTools(server.listed, server.approved);
  return name === '' ? found : found.filter((tool) => tool.name === name);
}

function targetOf({ name, title, description, parameters }: McpTool): ToolTarget {
  return { name: title || name, description, parameters };
}

/** A name that models can call. */
function freeName(wish: string, taken: ReadonlySet<string>): string {
  const name = wish.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, longestName);
  if (!taken.has(name)) return name;
  for (let number = 2; ; number++) {
    const other = `${name.slice(0, longestName - 4)}_${number}`;
    if (!taken.has(other)) return other;
  }
}
