/** What a run has taken so far, by its steps: its record has the sum when it has ended. */
import type { AgentStepRecord } from '../../../../../contracts/api/agents.ts';
import type { AnswerCost } from '../../../../../contracts/chat/message.ts';
import { sumOfCalls } from '../../../../../engine/agents/limits.ts';

export function costsOfSteps(
  steps: readonly AgentStepRecord[],
): Pick<AnswerCost, 'steps' | 'usage' | 'cost'> {
  const calls = steps.flatMap(({ usage, cost }) => (usage ? [{ usage, cost }] : []));
  return { steps: steps.length, ...sumOfCalls(calls) };
}
