import { tellChange } from '../../runs/chat/tell-change.ts';
import type { ChatDeps } from './chat-deps.ts';

/** Tells of a conversation that is known by its id alone. */
export async function tellChangeOf(
  { db, bus }: Pick<ChatDeps, 'db' | 'bus'>,
  { workspace, conversation: id }: { workspace: string; conversation: string },
): Promise<void> {
  if (!bus) return;
  const about = await db.inWorkspace(workspace, ({ chat }) => chat.conversations.ownerOf(id));
  if (about) tellChange({ bus }, workspace, { id, ...about });
}
