/** How the run that gave an answer ended, as the message says it. */
import { ApplicationFailure, ChildWorkflowFailure } from '@temporalio/workflow';
import type { AnswerEnd } from '../../activities/chat/end-answer.ts';
import type { AgentRunCosts, AgentRunPartial, AgentRunResult } from '../../contracts/agents/run.ts';
import type { AnswerCost } from '../../contracts/chat/message.ts';
import type { Failure } from '../../contracts/run.ts';
import { endOfChild } from '../child-end.ts';
import { causeOf, stepFailure } from '../step-failures.ts';

export type AnswerRunEnd = Pick<AnswerEnd, 'state' | 'failure' | 'took'>;

export const stoppedAnswer: AnswerRunEnd = { state: 'stopped' };

export function endOfResult(result: AgentRunResult): AnswerRunEnd {
  return { state: result.status, took: costOf(result) };
}

/** @param error of the child, or of what came before it */
export function endOfError(error: unknown): AnswerRunEnd {
  if (!(error instanceof ChildWorkflowFailure)) return { state: 'failed', failure: failureOf(error) };
  const end = endOfChild(error);
  if (end.kind === 'cancelled') return stoppedAnswer;
  const { cause } = error;
  if (!(cause instanceof ApplicationFailure))
    return { state: 'failed', failure: { ...cutOff, details: { reason: end.failure.message } } };
  const partial = cause.details?.[1] as AgentRunPartial | undefined;
  return { state: 'failed', failure: end.failure, ...(partial && { took: costOf(partial) }) };
}

function costOf({ usage, cost, steps, by }: AgentRunCosts): AnswerCost {
  return { usage, cost, steps, ...(by && { by }) };
}

/** Of the activity that begins an answer. */
function failureOf(error: unknown): Failure {
  return stepFailure(error)?.failure ?? lost(causeOf(error));
}

const cutOff: Failure = {
  code: 'terminated',
  message:
    'The run that gave this answer was ended from outside, in the Temporal UI or by the temporal command.',
  hint: 'What it had done by then stays done. Ask for a new answer; to end one, stop it rather than terminate its run.',
};

function lost(error: unknown): Failure {
  return {
    code: 'answer-not-begun',
    message: 'The run that was to give this answer could not be started.',
    hint: 'Ask for a new answer. If that fails too, the workflow of the conversation in the Temporal UI shows why.',
    details: { reason: error instanceof Error ? error.message : String(error) },
  };
}
