/** What belongs to chats, of one workspace. */

import type { Sql } from '../../sql.ts';
import type { StoredEvent } from '../events.ts';
import { type AskedAnswer, askedAnswer } from './asked-answer.ts';
import { type ConversationsRepository, createConversationsRepository } from './conversations.ts';
import { type AnswerEnding, type EndedAnswer, endAnswer } from './end-answer.ts';
import { createMessagesRepository, type MessagesRepository } from './messages.ts';
import { createNotificationsRepository, type NotificationsRepository } from './notifications.ts';
import { type Rating, rateAnswer } from './rate-answer.ts';
import { createShareLinksRepository, type ShareLinksRepository } from './share-links.ts';
import { createViewersRepository, type ViewersRepository } from './viewers.ts';

export interface ChatRepositories {
  conversations: ConversationsRepository;
  messages: MessagesRepository;
  shareLinks: ShareLinksRepository;
  notifications: NotificationsRepository;
  viewers: ViewersRepository;
  /** `asked-answer.ts` */
  askedAnswer(of: { conversation: string; message: string; limit: number }): Promise<AskedAnswer | undefined>;
  /** `end-answer.ts` */
  endAnswer(ending: AnswerEnding): Promise<EndedAnswer | undefined>;
  /** `rate-answer.ts` */
  rateAnswer(rating: Rating): Promise<StoredEvent | undefined>;
}

export function createChatRepositories(sql: Sql, workspace: string): ChatRepositories {
  return {
    conversations: createConversationsRepository(sql, workspace),
    messages: createMessagesRepository(sql, workspace),
    shareLinks: createShareLinksRepository(sql, workspace),
    notifications: createNotificationsRepository(sql, workspace),
    viewers: createViewersRepository(sql, workspace),
    askedAnswer: (of) => askedAnswer(sql, workspace, of),
    endAnswer: (ending) => endAnswer(sql, workspace, ending),
    rateAnswer: (rating) => rateAnswer(sql, workspace, rating),
  };
}
