import { defineEntity, p } from '@mikro-orm/core';
import { Message } from './message.ts';
import { Workspace } from './workspace.ts';

/** What a person thinks of an answer. */
export const MessageFeedback = defineEntity({
  name: 'MessageFeedback',
  tableName: 'message_feedback',
  primaryKeys: ['message', 'person'],
  properties: {
    message: () => p.manyToOne(Message).mapToPk().primary().fieldName('message').deleteRule('cascade'),
    /** As in `Conversation.owner`. */
    person: p.text().primary(),
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade'),
    thumb: p.text().$type<'up' | 'down'>(),
    comment: p.text(),
    createdAt: p.datetime(3),
  },
});
