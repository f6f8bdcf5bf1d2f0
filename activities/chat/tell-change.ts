import type { ChatDeps } from './chat-deps.ts';

/** To those who look at the conversation, and those in whose list it is. */
export async function tellChange(
  { db, bus }: Pick<ChatDeps, 'db' | 'bus'>,
  { workspace, conversation }: { workspace: string; conversation: string },
): Promise<void> {
  if (!bus) return;
  const about = await db.inWorkspace(workspace, ({ chat }) => chat.conversations.ownerOf(conversation));
  if (!about) return;
  const { owner, visibility } = about;
  bus.publish({
    kind: 'chat.changed',
    ...{ workspace, conversation, owner, isOpen: visibility === 'workspace', messages: [] },
  });
}
