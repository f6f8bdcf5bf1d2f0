import type { StoredConversation } from '../../db/index.ts';
import type { ApiDeps } from '../deps.ts';

/** Tells those who see a conversation in their list that something of it is new. */
export function tellChange(
  { bus }: Pick<ApiDeps, 'bus'>,
  workspace: string,
  { id, owner, visibility }: Pick<StoredConversation, 'id' | 'owner' | 'visibility'>,
  messages: string[] = [],
): void {
  const isOpen = visibility === 'workspace';
  bus.publish({ kind: 'chat.changed', workspace, conversation: id, owner, isOpen, messages });
}
