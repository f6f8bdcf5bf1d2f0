/** The run that gives one answer, a child of the conversation: of an agent, or of an automation. */
import { getExternalWorkflowHandle, startChild } from '@temporalio/workflow';
import type { BegunAnswer } from '../../activities/chat/begin-answer.ts';
import {
  type AgentRunInput,
  type AgentRunResult,
  agentCommandSignal,
  agentRunWorkflow,
} from '../../contracts/agents/run.ts';
import type { Turn } from '../../contracts/chat/conversation.ts';
import type { AnswerTarget } from '../../contracts/chat/stream.ts';
import { automationWorkflow, priorities, type RunInput, type RunResult } from '../../contracts/run.ts';
import { agentChild, automationChild } from '../child-options.ts';
import { type AnswerRunEnd, endOfResult } from './answer-end.ts';

export interface AnswerPlace {
  workspace: string;
  conversation: string;
}

export interface AnswerRun {
  /** Rejects as its child does. */
  end: Promise<AnswerRunEnd>;
  /** Asks it to end with what has come. */
  stop(): void;
}

/** Of an agent or of an automation: both have the id of the message. */
export function startAnswer(
  place: AnswerPlace,
  turn: Turn,
  begun: Exclude<BegunAnswer, { kind: 'over' }>,
): Promise<AnswerRun> {
  return begun.kind === 'agent'
    ? startAgentAnswer(place, turn, begun)
    : startAutomationAnswer(place, turn, begun);
}

async function startAutomationAnswer(
  { workspace }: AnswerPlace,
  { message }: Turn,
  { automation, version, node, items, variables, priority }: Extract<BegunAnswer, { kind: 'automation' }>,
): Promise<AnswerRun> {
  const input: RunInput = {
    ...{ run: message, workspace, automation, version, items },
    ...{ trigger: { kind: 'chat', node }, flow: { load: true } },
    variables: variables && { load: variables },
  };
  const handle = await startChild<(input: RunInput) => Promise<RunResult>>(automationWorkflow, {
    args: [input],
    ...automationChild({ workspace, automation: automation.id, run: message }, 'chat', priority),
    staticSummary: `${automation.name.slice(0, 60)} · chat`,
  });
  return {
    end: handle.result().then(() => ({ state: 'succeeded' })),
    // Its run ends as cancelled, which is a stopped answer.
    stop: () =>
      void getExternalWorkflowHandle(handle.workflowId)
        .cancel()
        .catch(() => undefined),
  };
}

async function startAgentAnswer(
  { workspace, conversation }: AnswerPlace,
  { message, member }: Turn,
  { agent, version, loaded, isTrial, messages }: Extract<BegunAnswer, { kind: 'agent' }>,
): Promise<AnswerRun> {
  const target: AnswerTarget = { conversation, message };
  const input: AgentRunInput = {
    ...{ run: message, workspace, agent, version, loaded, messages, target },
    ...{ trigger: isTrial ? 'playground' : 'chat', startedBy: member },
  };
  const handle = await startChild<(input: AgentRunInput) => Promise<AgentRunResult>>(agentRunWorkflow, {
    args: [input],
    ...agentChild({ workspace, agent: agent.id, run: message }, priorities.chat),
    staticSummary: `${agent.name.slice(0, 60)} · chat`,
  });
  return {
    end: handle.result().then(endOfResult),
    // It may have ended in this moment, which is as good.
    stop: () => void handle.signal(agentCommandSignal, { kind: 'stop' }).catch(() => undefined),
  };
}
