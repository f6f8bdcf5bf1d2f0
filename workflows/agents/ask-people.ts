/**
 * Asks people, on the list of approvals that automations ask on, and waits: for a minute or for weeks, over every restart. The first
 * who is asked and decides, decides.
 */

import type { Tool } from '../../contracts/agents/tool.ts';
import type { AgentStepFacts, ToolCallNews } from '../../contracts/agents/work.ts';
import type { WaitingStep } from '../../contracts/announcement.ts';
import type { ApprovalQuestion, Approver, Decision } from '../../contracts/approvals.ts';
import type { JsonObject } from '../../contracts/json.ts';
import type { ToolCall } from '../../contracts/models/chat.ts';
import { addresses } from '../../contracts/run-message.ts';
import { announce, tellToolCall } from './agent-activities.ts';
import type { ToolRound } from './tool-round.ts';

export interface Asking {
  tool: Tool;
  given: JsonObject;
  call: ToolCall;
  news: ToolCallNews;
  round: ToolRound;
}

export async function askPeople({ tool, given, call, news, round }: Asking): Promise<Decision> {
  const { input, state, inbox, facts, waits } = round;
  const { agent } = state.active;
  const step: WaitingStep = {
    ...{ workspace: facts.workspace, asker: 'agent', run: facts.run },
    // The workflow is found by the agent that was asked first, whoever answers by now.
    automation: { id: input.agent.id, name: agent.name },
    ...{ node: call.id, nodeName: tool.name, index: facts.step },
  };
  const question = questionOf(tool, given, agent.name, approversOf(tool, input.startedBy));
  await announce({ step, at: Date.now(), kind: 'approval.opened', question });
  await tellToolCall({ ...news, state: 'waiting', asks: true });
  await waits(1);
  try {
    const decision = await inbox.decisionOn(addresses.step(call.id, facts.step));
    await announce({ step, at: Date.now(), kind: 'approval.decided', decision });
    await announce({ step, at: Date.now(), kind: 'approval.closed', state: decision.decision });
    return decision;
  } finally {
    await waits(-1);
  }
}

/** Whoever talks to it, unless the tool says who. */
function approversOf({ approvers }: Tool, startedBy: AgentStepFacts['run'] | undefined): Approver[] {
  if (approvers.length > 0) return approvers;
  if (startedBy !== undefined) return [{ kind: 'member', who: startedBy }];
  return [
    { kind: 'role', who: 'owner' },
    { kind: 'role', who: 'admin' },
  ];
}

function questionOf(tool: Tool, given: JsonObject, agent: string, approvers: Approver[]): ApprovalQuestion {
  const isQuestion = tool.kind === 'ask-human';
  const said = String(given.question ?? '');
  return {
    title: isQuestion ? `${agent}: ${said.slice(0, 200)}` : `${agent}: ${tool.name}`,
    text: isQuestion ? said : tool.description,
    fields: isQuestion
      ? [{ name: 'answer', label: 'Answer / Resposta', type: 'multiline', required: true, options: [] }]
      : [],
    items: isQuestion ? [] : [given],
    approvers,
    ...{ needed: 1, rejections: 1, comment: 'optional', mail: tool.approvers.length > 0 },
  };
}
