/** Another agent as a tool: a run of its own, which does the task by itself and gives back what it found. It ends when this one is stopped. */
import { CancellationScope, executeChild, uuid4 } from '@temporalio/workflow';
import type { z } from 'zod';
import {
  type AgentRunInput,
  type AgentRunResult,
  agentRunWorkflow,
  agentWorkflowIdOf,
  maxAgentDepth,
} from '../../contracts/agents/run.ts';
import type { agentTool } from '../../contracts/agents/tool.ts';
import type { ToolCallNews } from '../../contracts/agents/work.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { priorities, queues } from '../../contracts/run.ts';
import { EngineFailure } from '../../engine/run/engine-failure.ts';
import { endOfChild } from '../child-end.ts';
import { tellToolCall } from './agent-activities.ts';
import type { ToolRound } from './tool-round.ts';

export async function delegate(
  { agent, name }: z.output<typeof agentTool>,
  given: JsonObject,
  news: ToolCallNews,
  { input, state }: ToolRound,
): Promise<{ result: AgentRunResult; run: string }> {
  const { workspace, startedBy, automations } = input;
  const callers = [...(input.callers ?? []), state.active.agent.id];
  refuseCircles(agent, callers, name);
  const run = `a${uuid4().replaceAll('-', '')}`;
  await tellToolCall({ ...news, state: 'running', child: `agent-run:${run}` });
  const started: AgentRunInput = {
    ...{ run, workspace, agent: { id: agent, name }, version: { id: '', number: 0 }, startedBy, automations },
    ...{ trigger: 'agent', callers },
    messages: [{ role: 'user', content: String(given.message ?? '') }],
    parent: { kind: 'agent', run: input.run, step: name },
  };
  try {
    const result = await executeChild<(input: AgentRunInput) => Promise<AgentRunResult>>(agentRunWorkflow, {
      args: [started],
      workflowId: agentWorkflowIdOf({ workspace, agent, run }),
      taskQueue: queues.agents,
      ...{ parentClosePolicy: 'REQUEST_CANCEL', cancellationType: 'WAIT_CANCELLATION_COMPLETED' },
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      priority: { priorityKey: priorities['sub-automation'], fairnessKey: workspace },
      searchAttributes: { Workspace: [workspace], Agent: [agent], RunKind: ['agent'] },
      staticSummary: `${state.active.agent.name} → ${name}`.slice(0, 90),
    });
    return { result, run };
  } catch (error) {
    const end = endOfChild(error);
    if (end.kind === 'failed') throw new EngineFailure(end.failure);
    if (CancellationScope.current().consideredCancelled) throw error;
    throw new EngineFailure({ code: 'cancelled', message: 'Somebody cancelled it before it ended.' });
  }
}

/** Agents that ask each other would never end; the depth holds where ids are not enough. */
function refuseCircles(agent: string, callers: readonly string[], name: string): void {
  if (callers.includes(agent))
    throw new EngineFailure({
      code: 'agent-circle',
      message: `"${name}" is an agent that this task comes from: they would ask each other for ever.`,
      hint: 'Do it yourself, or tell the user what is missing.',
    });
  if (callers.length >= maxAgentDepth)
    throw new EngineFailure({
      code: 'agent-depth',
      message: `Agents delegate ${maxAgentDepth} deep at most, and "${name}" would go deeper.`,
      hint: 'Do it yourself, or tell the user what is missing.',
    });
}
