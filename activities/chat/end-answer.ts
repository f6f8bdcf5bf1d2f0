/** The end of an answer. The first one counts; told again it changes nothing. */
import type { AnswerCost } from '../../contracts/chat/message.ts';
import type { Failure } from '../../contracts/run.ts';
import type { ChatDeps } from './chat-deps.ts';
import { tellChangeOf } from './tell-change-of.ts';

export interface AnswerEnd {
  workspace: string;
  conversation: string;
  message: string;
  state: 'succeeded' | 'failed' | 'stopped';
  failure?: Failure | undefined;
  took?: AnswerCost | undefined;
}

/** @returns false when it had ended before, or is not there. What the database throws is Temporal's to retry. */
export type EndAnswer = (end: AnswerEnd) => Promise<boolean>;

export function createEndAnswer(deps: Pick<ChatDeps, 'db' | 'answers' | 'bus'>): EndAnswer {
  return async ({ workspace, conversation, message, state, failure, took }) => {
    const target = { conversation, message };
    const ended = await deps.answers.setState(workspace, target, { state, failure, took });
    if (ended) await tellChangeOf(deps, { workspace, conversation });
    return ended;
  };
}
