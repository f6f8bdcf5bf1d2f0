/** Conversations: the list, one, what is said in it, links to it. How an answer grows is told over the socket: `chat-socket.ts`. */
import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  Conversation,
  ConversationSummary,
  changeConversation,
  createConversation,
  giveFeedback,
  Message,
  messageSent,
  sendMessage,
  shareLink,
} from '../../../contracts/api/conversations.ts';
import { apiRoot, queryString, request } from './client.ts';
import { useChange } from './use-change.ts';
import { useList } from './use-list.ts';
import { type Page, usePages } from './use-pages.ts';

export type ShareLink = z.output<typeof shareLink>;
export type MessageSent = z.output<typeof messageSent>;

export const conversationKeys = {
  all: ['conversations'] as const,
  lists: ['conversations', 'list'] as const,
  one: (id: string) => ['conversations', 'one', id] as const,
  links: (id: string) => ['conversations', 'links', id] as const,
};

const at = (id: string) => `/conversations/${encodeURIComponent(id)}`;
const messageAt = (conversation: string, id: string) =>
  `${at(conversation)}/messages/${encodeURIComponent(id)}`;

export function useConversations(search = '') {
  return usePages<ConversationSummary>([...conversationKeys.lists, search], '/conversations', {
    search,
    limit: 50,
  });
}

export function useConversation(id: string) {
  return useQuery({
    queryKey: conversationKeys.one(id),
    queryFn: () => request<Conversation>('GET', at(id)),
  });
}

export const createConversationRequest = (body: z.input<typeof createConversation>) =>
  request<Conversation>('POST', '/conversations', { body });
export const useCreateConversation = () => useChange(createConversationRequest, conversationKeys.lists);
export const useChangeConversation = (id: string) =>
  useChange(
    (body: z.input<typeof changeConversation>) => request<Conversation>('PATCH', at(id), { body }),
    conversationKeys.all,
  );
export const removeConversation = (id: string) => request<void>('DELETE', at(id));
export const useRemoveConversation = (id: string) =>
  useChange(() => removeConversation(id), conversationKeys.lists);

/** Messages of one answer at most: enough for some screens. */
const pageSize = 60;
export const listMessages = (conversation: string, cursor?: string) =>
  request<Page<Message>>(
    'GET',
    `${at(conversation)}/messages${queryString({ limit: pageSize, ...(cursor && { cursor }) })}`,
  );
export const getMessage = (conversation: string, id: string) =>
  request<Message>('GET', messageAt(conversation, id));
export const postMessage = (conversation: string, body: z.input<typeof sendMessage>) =>
  request<MessageSent>('POST', `${at(conversation)}/messages`, { body });
export const answerAgain = (conversation: string, message: string) =>
  request<MessageSent>('POST', `${messageAt(conversation, message)}/retry`);
export const stopAnswers = (conversation: string) =>
  request<unknown>('POST', `${at(conversation)}/stop`, { body: {} });
export const rateAnswer = (conversation: string, message: string, body: z.input<typeof giveFeedback>) =>
  request<void>('PUT', `${messageAt(conversation, message)}/feedback`, { body });
export const showBranch = (conversation: string, leaf: string) =>
  request<Conversation>('PATCH', at(conversation), { body: { leaf } });
export const markRead = (conversation: string) => request<void>('PUT', `${at(conversation)}/read`);

export const exportAddress = (conversation: string, format: 'markdown' | 'json') =>
  `${apiRoot}${at(conversation)}/export?format=${format}`;

export const useShareLinks = (conversation: string) =>
  useList<ShareLink>(conversationKeys.links(conversation), `${at(conversation)}/share-links`);
export const useMakeLink = (conversation: string) =>
  useChange(
    () => request<ShareLink>('POST', `${at(conversation)}/share-links`),
    conversationKeys.links(conversation),
  );
export const useRevokeLink = (conversation: string) =>
  useChange(
    (id: string) => request<void>('DELETE', `${at(conversation)}/share-links/${encodeURIComponent(id)}`),
    conversationKeys.links(conversation),
  );
