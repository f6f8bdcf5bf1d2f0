import { defineEntity, p } from '@mikro-orm/core';
import type { AnswerChange } from '../../contracts/chat/stream.ts';
import { Message } from './message.ts';
import { Workspace } from './workspace.ts';

/**
 * What is new of an answer that is being given. Rows of their own: to write a long answer again for each batch of it would be as many
 * times its length. Folded into the message when a step ends.
 */
export const MessageChange = defineEntity({
  name: 'MessageChange',
  tableName: 'message_changes',
  primaryKeys: ['message', 'seq'],
  properties: {
    message: () => p.manyToOne(Message).mapToPk().primary().fieldName('message').deleteRule('cascade'),
    seq: p.integer().primary(),
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade'),
    changes: p.json().$type<AnswerChange[]>(),
  },
});
