/** What belongs to chats, of one workspace. */
import type { Sql } from '../../sql.ts';
import { type ConversationsRepository, createConversationsRepository } from './conversations.ts';
import { createMessagesRepository, type MessagesRepository } from './messages.ts';
import { createNotificationsRepository, type NotificationsRepository } from './notifications.ts';
import { createShareLinksRepository, type ShareLinksRepository } from './share-links.ts';

export interface ChatRepositories {
  conversations: ConversationsRepository;
  messages: MessagesRepository;
  shareLinks: ShareLinksRepository;
  notifications: NotificationsRepository;
}

export function createChatRepositories(sql: Sql, workspace: string): ChatRepositories {
  return {
    conversations: createConversationsRepository(sql, workspace),
    messages: createMessagesRepository(sql, workspace),
    shareLinks: createShareLinksRepository(sql, workspace),
    notifications: createNotificationsRepository(sql, workspace),
  };
}
