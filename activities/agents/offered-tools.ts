/** The tools of an agent as a model is told of them: those that are denied are not among them. */
import type { AgentDefinition } from '../../contracts/agents/agent.ts';
import type { Tool } from '../../contracts/agents/tool.ts';
import { subAutomationTrigger } from '../../contracts/catalogue/sub-automation-trigger.ts';
import type { ToolDefinition } from '../../contracts/models/chat.ts';
import type { Database, Repositories } from '../../db/index.ts';
import { type ToolTarget, toolDefinitionOf } from '../../engine/agents/tool-definition.ts';
import { versionGraphsOf } from '../../runs/version-graphs.ts';

export type OfferedTools = (workspace: string, definition: AgentDefinition) => Promise<ToolDefinition[]>;

export function createOfferedTools(db: Database): OfferedTools {
  const graphs = versionGraphsOf(db);

  async function targetOf(
    tool: Tool,
    workspace: string,
    { agents, automations, subscriptions }: Repositories,
  ): Promise<ToolTarget | undefined> {
    if (tool.kind === 'agent') return await agents.get(tool.agent);
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
      const offered: ToolDefinition[] = [];
      for (const tool of definition.tools)
        if (tool.approval !== 'deny')
          offered.push(toolDefinitionOf(tool, await targetOf(tool, workspace, repositories)));
      return offered;
    });
}
