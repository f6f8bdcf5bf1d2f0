/** Another agent as a tool: a run of its own, which does the task by itself and gives back what it found. It ends when this one is stopped. */
import { executeChild, uuid4 } from '@temporalio/workflow';
import type { z } from 'zod';
import {
  type AgentRunInput,
  type AgentRunResult,
  agentRunWorkflow,
  maxAgentDepth,
} from '../../contracts/agents/run.ts';
import type { agentTool } from '../../contracts/agents/tool.ts';
import type { ToolCallNews } from '../../contracts/agents/work.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { EngineFailure } from '../../engine/run/engine-failure.ts';
import { agentChild } from '../child-options.ts';
import { tellToolCall } from './agent-activities.ts';
import { childFailure } from './child-failure.ts';
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
      ...agentChild({ workspace, agent, run }),
      staticSummary: `${state.active.agent.name} → ${name}`.slice(0, 90),
    });
    return { result, run };
  } catch (error) {
    throw childFailure(error);
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
