/** An automation as a tool: a run of what is published of it, with the arguments as its item. It ends when this one is stopped. */
import { executeChild, uuid4, workflowInfo } from '@temporalio/workflow';
import type { z } from 'zod';
import { agentCaller } from '../../contracts/agents/run.ts';
import type { automationTool } from '../../contracts/agents/tool.ts';
import type { ToolCallNews } from '../../contracts/agents/work.ts';
import type { Item } from '../../contracts/item.ts';
import type { JsonObject, JsonValue } from '../../contracts/json.ts';
import { automationWorkflow, type RunInput, type RunResult } from '../../contracts/run.ts';
import { automationChild } from '../child-options.ts';
import { resolveAutomation, tellToolCall } from './agent-activities.ts';
import { childFailure } from './child-failure.ts';
import type { ToolRound } from './tool-round.ts';

export async function runAutomation(
  { automation: id, name }: z.output<typeof automationTool>,
  given: JsonObject,
  news: ToolCallNews,
  { input, state }: ToolRound,
): Promise<{ items: JsonValue; run: string }> {
  const { workspace, run: caller, automations = [] } = input;
  const target = await resolveAutomation({ workspace, automation: id, callers: automations, node: name });
  const run = `c${uuid4().replaceAll('-', '')}`;
  await tellToolCall({ ...news, state: 'running', child: `run:${run}` });
  const { automation, version, node, variables, priority } = target;
  const { workflowId } = workflowInfo();
  const started: RunInput = {
    ...{ run, workspace, automation, version },
    trigger: { kind: 'sub-automation', node },
    items: [{ json: given }],
    variables: variables && { load: variables },
    // The node says that an agent called, and which: there is no page of such a run to link to.
    caller: {
      run: caller,
      workflowId,
      node: `${agentCaller}${state.active.agent.id}`,
      index: news.step,
      waits: true,
    },
    // Agents in a circle of automations count as well: each adds to the depth.
    callers: automations,
  };
  try {
    const { items = [] } = await executeChild<(input: RunInput) => Promise<RunResult>>(automationWorkflow, {
      args: [started],
      ...automationChild({ workspace, automation: automation.id, run }, 'sub-automation', priority),
      staticSummary: `${automation.name} · ${name}`.slice(0, 90),
    });
    return { items: valuesOf(items), run };
  } catch (error) {
    throw childFailure(error);
  }
}

/** One thing as itself, several as a list. */
function valuesOf(items: readonly Item[]): JsonValue {
  return items.length === 1 ? items[0]!.json : items.map(({ json }) => json);
}
