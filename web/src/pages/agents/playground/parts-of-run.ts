/** A run of an agent as a conversation shows it: its tool calls, then what it answered. */
import type { AgentStepRecord } from '../../../../../contracts/api/agents.ts';
import type { MessagePart, ToolPart } from '../../../../../contracts/chat/message.ts';
import type { AgentRun } from '../../../api/agents.ts';

export function partsOfRun({ stepList, text }: Pick<AgentRun, 'stepList' | 'text'>): MessagePart[] {
  const calls = stepList.filter(({ call }) => call !== '').map(toToolPart);
  return text ? [...calls, { type: 'text', text }] : calls;
}

function toToolPart({ call, name, state, result, failure, approval, ...step }: AgentStepRecord): ToolPart {
  return {
    ...{ type: 'tool', call, name, state, arguments: step.arguments ?? '' },
    ...(result !== undefined && { result }),
    ...(failure && { failure }),
    ...(approval !== undefined && { approval }),
  };
}
