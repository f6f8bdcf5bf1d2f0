import { defineEntity, p } from '@mikro-orm/core';
import { Conversation } from './conversation.ts';
import { Workspace } from './workspace.ts';

/** A browser that looks at a conversation. It says so again every 20 seconds: one that has died is gone by itself. */
export const ChatViewer = defineEntity({
  name: 'ChatViewer',
  tableName: 'chat_viewers',
  primaryKeys: ['conversation', 'socket'],
  indexes: [
    { name: 'chat_viewers_by_socket', properties: ['socket'] },
    { name: 'chat_viewers_by_end', properties: ['until'] },
  ],
  properties: {
    conversation: () =>
      p.manyToOne(Conversation).mapToPk().primary().fieldName('conversation').deleteRule('cascade'),
    socket: p.text().primary(),
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade'),
    /** As in `Conversation.owner`. */
    person: p.text(),
    until: p.datetime(3),
  },
});
