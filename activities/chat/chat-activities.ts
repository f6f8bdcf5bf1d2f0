import { needsDatabase } from '../announcements/needs-database.ts';
import { type BeginAnswer, createBeginAnswer } from './begin-answer.ts';
import type { ChatDeps } from './chat-deps.ts';
import { createEndAnswer, type EndAnswer } from './end-answer.ts';
import { createTitleConversation, type TitleConversation } from './title-conversation.ts';

/** All that the workflow of a conversation asks for. */
export interface ChatActivities {
  beginAnswer: BeginAnswer;
  endAnswer: EndAnswer;
  titleConversation: TitleConversation;
}

/** @param deps Unset on workers without a database, which serve no conversations. */
export function createChatActivities(deps: ChatDeps | undefined): ChatActivities {
  if (!deps) {
    const refuse = () => Promise.reject(needsDatabase());
    return { beginAnswer: refuse, endAnswer: refuse, titleConversation: refuse };
  }
  return {
    beginAnswer: createBeginAnswer(deps),
    endAnswer: createEndAnswer(deps),
    titleConversation: createTitleConversation(deps),
  };
}
