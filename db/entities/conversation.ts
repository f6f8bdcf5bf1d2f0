import { defineEntity, p } from '@mikro-orm/core';
import type { ConversationTrial, ConversationVisibility } from '../../contracts/api/conversations.ts';
import type { Answerer } from '../../contracts/chat/conversation.ts';
import { Workspace } from './workspace.ts';

export const Conversation = defineEntity({
  name: 'Conversation',
  tableName: 'conversations',
  indexes: [
    { name: 'conversations_by_owner', properties: ['workspace', 'owner', 'updatedAt', 'id'] },
    {
      name: 'conversations_open',
      properties: ['workspace', 'updatedAt', 'id'],
      expression: `create index "conversations_open" on "conversations" ("workspace", "updated_at", "id") where visibility = 'workspace'`,
    },
  ],
  properties: {
    id: p.text().primary(),
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade'),
    /** Who began it: `user:<id>`, or `key:<id>` of a service account. */
    owner: p.text(),
    visibility: p.text().$type<ConversationVisibility>(),
    answererKind: p.text().$type<Answerer['kind']>(),
    /** Id of the agent or automation. No foreign key: what was said stays when they go. */
    answerer: p.text(),
    /** Empty: it has none yet. */
    title: p.text(),
    /** A title of a person stays; one of nobody is made by the model after the first answer. */
    titledBy: p.text().$type<'nobody' | 'model' | 'person'>(),
    /** Somebody tries an agent in its editor: it is in no list. */
    trial: p.text().$type<ConversationTrial>().nullable(),
    /** The end of the branch that is shown. */
    leaf: p.text().nullable(),
    createdAt: p.datetime(3),
    /** When something was last said. */
    updatedAt: p.datetime(3),
  },
});
