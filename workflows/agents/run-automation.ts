/** An automation as a tool: a run of what is published of it, with the arguments as its item. It ends when this one is stopped. */
import { CancellationScope, executeChild, uuid4, workflowInfo } from '@temporalio/workflow';
import type { z } from 'zod';
import { agentCaller } from '../../contracts/agents/run.ts';
import type { automationTool } from '../../contracts/agents/tool.ts';
import type { ToolCallNews } from '../../contracts/agents/work.ts';
import type { Item } from '../../contracts/item.ts';
import type { JsonObject, JsonValue } from '../../contracts/json.ts';
import {
  automationWorkflow,
  priorities,
  queues,
  type RunInput,
  type RunResult,
  workflowIdOf,
} from '../../contracts/run.ts';
import { EngineFailure } from '../../engine/run/engine-failure.ts';
import { endOfChild } from '../child-end.ts';
import { resolveAutomation, tellToolCall } from './agent-activities.ts';
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
      workflowId: workflowIdOf({ workspace, automation: automation.id, run }),
      taskQueue: queues.automations,
      ...{ parentClosePolicy: 'REQUEST_CANCEL', cancellationType: 'WAIT_CANCELLATION_COMPLETED' },
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      priority: { priorityKey: priority ?? priorities['sub-automation'], fairnessKey: workspace },
      searchAttributes: {
        ...{ Workspace: [workspace], Automation: [automation.id], RunKind: ['sub-automation'] },
      },
      staticSummary: `${automation.name} · ${name}`.slice(0, 90),
    });
    return { items: valuesOf(items), run };
  } catch (error) {
    const end = endOfChild(error);
    if (end.kind === 'failed') throw new EngineFailure(end.failure);
    if (CancellationScope.current().consideredCancelled) throw error;
    throw new EngineFailure({ code: 'cancelled', message: 'Somebody cancelled it before it ended.' });
  }
}

/** One thing as itself, several as a list. */
function valuesOf(items: readonly Item[]): JsonValue {
  return items.length === 1 ? items[0]!.json : items.map(({ json }) => json);
}
