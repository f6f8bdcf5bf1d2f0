/** What is told of conversations while they are looked at. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { ChatPerson, ServerToClient } from '../../../contracts/api/sockets.ts';
import type { AnswerBatch } from '../../../contracts/chat/stream.ts';
import { conversationKeys } from './conversations.ts';
import { liveSocket } from './socket.ts';

export interface ConversationListener {
  onBatch(batch: AnswerBatch): void;
  /** There are new messages, or what is said of the conversation has changed. */
  onChanged(messages: string[]): void;
  onPerson(person: ChatPerson): void;
  /** Each time the server has begun to tell: what was said before is in the API. */
  onJoined(): void;
}

/** Milliseconds after which others would take this person for gone. */
const stillHereMs = 20_000;

/** Follows a conversation. Returns the function that ends it. */
export function watchConversation(conversation: string, listener: ConversationListener): () => void {
  const live = liveSocket();
  const join = () =>
    live.emit('chat:watch', conversation, ({ ok }) => {
      if (ok) listener.onJoined();
    });
  const onBatch: ServerToClient['chat:answer'] = (batch) => {
    if (batch.conversation === conversation) listener.onBatch(batch);
  };
  const onChanged: ServerToClient['chat:changed'] = (change) => {
    if (change.conversation === conversation) listener.onChanged(change.messages);
  };
  const onPerson: ServerToClient['chat:person'] = (person) => {
    if (person.conversation === conversation) listener.onPerson(person);
  };
  live.on('connect', join);
  live.on('chat:answer', onBatch);
  live.on('chat:changed', onChanged);
  live.on('chat:person', onPerson);
  if (live.connected) join();
  const timer = setInterval(() => live.connected && live.emit('chat:watch', conversation), stillHereMs);
  return () => {
    clearInterval(timer);
    live.off('connect', join);
    live.off('chat:answer', onBatch);
    live.off('chat:changed', onChanged);
    live.off('chat:person', onPerson);
    if (live.connected) live.emit('chat:unwatch', conversation);
  };
}

export function tellTyping(conversation: string): void {
  const live = liveSocket();
  if (live.connected) live.emit('chat:typing', conversation);
}

/** Tells each time that something of a conversation has changed besides the text of its answers. */
export function useConversationNews(conversation: string, onNews: () => void): void {
  useEffect(() => {
    const live = liveSocket();
    const listen: ServerToClient['chat:changed'] = (change) => {
      if (change.conversation === conversation) onNews();
    };
    live.on('chat:changed', listen);
    return () => void live.off('chat:changed', listen);
  }, [conversation, onNews]);
}

/** Keeps every list of conversations fresh while it is shown. */
export function useLiveConversations(): void {
  const client = useQueryClient();
  useEffect(() => {
    const live = liveSocket();
    const look = () => void client.invalidateQueries({ queryKey: conversationKeys.lists });
    live.on('chat:changed', look);
    live.on('connect', look);
    return () => {
      live.off('chat:changed', look);
      live.off('connect', look);
    };
  }, [client]);
}
