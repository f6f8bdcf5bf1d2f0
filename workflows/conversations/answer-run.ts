/** The run that gives one answer, a child of the conversation: of an agent, or of an automation. */
import { startChild } from '@temporalio/workflow';
import type { BegunAnswer } from '../../activities/chat/begin-answer.ts';
import {
  type AgentRunInput,
  type AgentRunResult,
  agentCommandSignal,
  agentRunWorkflow,
  agentWorkflowIdOf,
} from '../../contracts/agents/run.ts';
import type { Turn } from '../../contracts/chat/conversation.ts';
import type { AnswerTarget } from '../../contracts/chat/stream.ts';
import { priorities, queues } from '../../contracts/run.ts';

export interface AnswerPlace {
  workspace: string;
  conversation: string;
}

export interface AnswerRun {
  result: Promise<AgentRunResult>;
  /** Asks it to end with what has come. */
  stop(): void;
}

export async function startAgentAnswer(
  { workspace, conversation }: AnswerPlace,
  { message, member }: Turn,
  { agent, version, messages }: Extract<BegunAnswer, { kind: 'agent' }>,
): Promise<AnswerRun> {
  const target: AnswerTarget = { conversation, message };
  const input: AgentRunInput = {
    ...{ run: message, workspace, agent, version, messages, target },
    ...{ trigger: 'chat', startedBy: member },
  };
  const handle = await startChild<(input: AgentRunInput) => Promise<AgentRunResult>>(agentRunWorkflow, {
    args: [input],
    workflowId: agentWorkflowIdOf({ workspace, agent: agent.id, run: message }),
    taskQueue: queues.agents,
    ...{ parentClosePolicy: 'REQUEST_CANCEL', cancellationType: 'WAIT_CANCELLATION_COMPLETED' },
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    priority: { priorityKey: priorities.chat, fairnessKey: workspace },
    searchAttributes: { Workspace: [workspace], Agent: [agent.id], RunKind: ['agent'] },
    staticSummary: `${agent.name.slice(0, 60)} · chat`,
  });
  return {
    result: handle.result(),
    // It may have ended in this moment, which is as good.
    stop: () => void handle.signal(agentCommandSignal, { kind: 'stop' }).catch(() => undefined),
  };
}
