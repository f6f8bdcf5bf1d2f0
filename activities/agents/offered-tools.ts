/**
 * The tools of an agent as a model is told of them: those that are denied are not among them. A tool that stands for all of an MCP
 * server becomes one for each that is approved now, and stays so for the run.
 */
import type { AgentDefinition } from '../../contracts/agents/agent.ts';
import type { Tool } from '../../contracts/agents/tool.ts';
import { subAutomationTrigger } from '../../contracts/catalogue/sub-automation-trigger.ts';
import type { ToolDefinition } from '../../contracts/models/chat.ts';
import type { Database, Repositories } from '../../db/index.ts';
import { type ToolTarget, toolDefinitionOf } from '../../engine/agents/tool-definition.ts';
import { versionGraphsOf } from '../../runs/version-graphs.ts';
import { withMcpTools } from './with-mcp-tools.ts';

export type OfferedTools = (
  workspace: string,
  definition: AgentDefinition,
) => Promise<{ definition: AgentDefinition; offered: ToolDefinition[] }>;

export function createOfferedTools(db: Database): OfferedTools {
  const graphs = versionGraphsOf(db);

  async function targetOf(
    tool: Tool,
    workspace: string,
    { agents, automations, subscriptions, knowledge }: Repositories,
  ): Promise<ToolTarget | undefined> {
    if (tool.kind === 'agent') return await agents.get(tool.agent);
    if (tool.kind === 'knowledge') {
      const bases = await Promise.all(tool.bases.map((id) => knowledge.bases.settings(id)));
      const names = bases.flatMap((base) => (base ? [base.name] : []));
      return { name: `Searches documents of ${names.join(', ')}`, description: '' };
    }
    if (tool.kind !== 'automation') return undefined;
    const found = await automations.get(tool.automation);
    const listener = (await subscriptions.ofAutomation(tool.automation)).find(
      ({ kind }) => kind === 'sub-automation',
    );
    const graph = listener && (await graphs.get(listener.version.id, workspace));
    const trigger = listener && graph?.nodes.get(listener.node);
    if (!found || !trigger) return found;
    return { ...found, fields: subAutomationTrigger.parameters.parse(trigger.parameters).fields };
  }

  return (workspace, definition) =>
    db.inWorkspace(workspace, async (repositories) => {
      const { tools, targets } = await withMcpTools(definition.tools, repositories.mcpServers);
      const offered: ToolDefinition[] = [];
      for (const tool of tools)
        if (tool.approval !== 'deny') {
          const target = targets.get(tool.name) ?? (await targetOf(tool, workspace, repositories));
          offered.push(toolDefinitionOf(tool, target));
        }
      return { definition: { ...definition, tools }, offered };
    });
}
