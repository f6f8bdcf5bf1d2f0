import { defineEntity, p } from '@mikro-orm/core';
import { Conversation } from './conversation.ts';
import { Workspace } from './workspace.ts';

/** A link by which anybody reads one branch of a conversation, as it was when the link was made. */
export const ShareLink = defineEntity({
  name: 'ShareLink',
  tableName: 'share_links',
  uniques: [{ name: 'share_links_token_unique', properties: ['tokenHash'] }],
  indexes: [{ name: 'share_links_by_conversation', properties: ['conversation', 'createdAt'] }],
  properties: {
    id: p.text().primary(),
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade'),
    conversation: () => p.manyToOne(Conversation).mapToPk().fieldName('conversation').deleteRule('cascade'),
    /** The last message that it shows. */
    leaf: p.text(),
    /** The token itself is in the link alone. */
    tokenHash: p.text(),
    createdBy: p.text(),
    createdAt: p.datetime(3),
    revokedAt: p.datetime(3).nullable(),
  },
});
