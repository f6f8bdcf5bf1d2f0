/** What a caller may use, as tools: published automations with the trigger "When called", and published agents. */
import { subAutomationTrigger } from '../../contracts/catalogue/sub-automation-trigger.ts';
import type { JsonObject } from '../../contracts/json.ts';
import type { CallableAutomation, OfferedAgent } from '../../db/index.ts';
import { fieldsSchema } from '../../engine/agents/tool-definition.ts';
import { versionGraphsOf } from '../../runs/version-graphs.ts';
import { visibleTo } from '../access/visible-to.ts';
import type { WorkspacePrincipal } from '../auth/principal.ts';
import type { ApiDeps } from '../deps.ts';
import { toolNames } from './tool-names.ts';

export type ToolTarget =
  | { kind: 'automation'; automation: CallableAutomation }
  | { kind: 'agent'; agent: OfferedAgent };

export interface McpTool {
  name: string;
  /** As people call it. */
  title: string;
  description: string;
  /** JSON schemas of objects. */
  input: JsonObject;
  output?: JsonObject | undefined;
  target: ToolTarget;
}

export async function mcpTools(
  principal: WorkspacePrincipal,
  { db }: Pick<ApiDeps, 'db'>,
): Promise<McpTool[]> {
  const { workspace } = principal;
  const { automations, agents } = await db.inWorkspace(workspace, async (repositories) => ({
    automations: await repositories.subscriptions.callable(visibleTo(principal, 'automation.run')),
    agents: await repositories.agents.offered(visibleTo(principal, 'agent.use')),
  }));
  const names = toolNames([
    ...automations.map(({ automation }) => ({ ...automation, prefix: '' })),
    ...agents.map((agent) => ({ ...agent, prefix: 'ask_' })),
  ]);
  const graphs = versionGraphsOf(db);
  const callable = automations.map(async (found): Promise<Omit<McpTool, 'name'>> => {
    const graph = await graphs.get(found.version.id, workspace);
    const { fields } = subAutomationTrigger.parameters.parse(graph?.nodes.get(found.node)?.parameters ?? {});
    return {
      title: found.automation.name,
      description: found.description || `Runs the automation "${found.automation.name}".`,
      input: fieldsSchema(fields),
      target: { kind: 'automation', automation: found },
    };
  });
  const tools = [...(await Promise.all(callable)), ...agents.map(toolOf)];
  return tools.map((tool, at) => ({ name: names[at]!, ...tool }));
}

function toolOf(agent: OfferedAgent): Omit<McpTool, 'name'> {
  return {
    title: agent.name,
    description: agent.description || `Asks the agent "${agent.name}", which works on the task by itself.`,
    input: {
      type: 'object',
      properties: {
        message: {
          type: 'string',
          description: 'The task, with all that is needed for it: the agent sees nothing else.',
        },
      },
      required: ['message'],
      additionalProperties: false,
    },
    ...(agent.output && { output: { ...agent.output, type: 'object' } }),
    target: { kind: 'agent', agent },
  };
}
