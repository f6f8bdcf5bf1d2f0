import type { Bus } from '../../contracts/bus.ts';
import type { StoredConversation } from '../../db/index.ts';

/** Tells those who look at a conversation, and those in whose list it is, that something of it is new. */
export function tellChange(
  { bus }: { bus: Bus },
  workspace: string,
  { id, owner, visibility }: Pick<StoredConversation, 'id' | 'owner' | 'visibility'>,
  messages: string[] = [],
): void {
  const isOpen = visibility === 'workspace';
  bus.publish({ kind: 'chat.changed', workspace, conversation: id, owner, isOpen, messages });
}
