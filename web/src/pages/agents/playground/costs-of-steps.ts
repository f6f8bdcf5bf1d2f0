/** What a run has taken so far, by its steps: its record has the sum when it has ended. */
import type { AgentStepRecord } from '../../../../../contracts/api/agents.ts';
import type { AnswerCost } from '../../../../../contracts/chat/message.ts';
import { noUsage, type TokenUsage } from '../../../../../contracts/models/usage.ts';

export function costsOfSteps(
  steps: readonly AgentStepRecord[],
): Pick<AnswerCost, 'steps' | 'usage' | 'cost'> {
  const calls = steps.filter(({ usage }) => usage !== undefined);
  return {
    steps: steps.length,
    usage: calls.reduce((sum, { usage }) => plus(sum, usage ?? noUsage), noUsage),
    cost: calls.some(({ cost }) => cost === null)
      ? null
      : calls.reduce((sum, { cost }) => sum + (cost ?? 0), 0),
  };
}

function plus(one: TokenUsage, other: TokenUsage): TokenUsage {
  return { ...one, input: one.input + other.input, output: one.output + other.output };
}
