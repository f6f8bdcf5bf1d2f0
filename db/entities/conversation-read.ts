import { defineEntity, p } from '@mikro-orm/core';
import { Conversation } from './conversation.ts';
import { Workspace } from './workspace.ts';

/** When a person last looked at a conversation. */
export const ConversationRead = defineEntity({
  name: 'ConversationRead',
  tableName: 'conversation_reads',
  primaryKeys: ['conversation', 'person'],
  properties: {
    conversation: () =>
      p.manyToOne(Conversation).mapToPk().primary().fieldName('conversation').deleteRule('cascade'),
    person: p.text().primary(),
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade'),
    readAt: p.datetime(3),
  },
});
