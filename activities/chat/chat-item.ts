/** What the chat trigger hands on: the message, and the conversation before it. */

import type { Message } from '../../contracts/api/conversations.ts';
import type { ChatTriggerParameters } from '../../contracts/catalogue/chat-trigger.ts';
import { textOf } from '../../contracts/chat/message.ts';
import type { Item } from '../../contracts/item.ts';

/** @param branch the message that asks is its last */
export function chatItemOf(branch: readonly Message[], { history }: ChatTriggerParameters): Item {
  const asked = branch.at(-1);
  const before = history === 0 ? [] : branch.slice(0, -1).slice(-history);
  return {
    json: {
      message: textOf(asked?.parts ?? []),
      conversation: asked?.conversation ?? '',
      from: { name: asked?.author?.name ?? '', ...(asked?.author?.id && { id: asked.author.id }) },
      files: (asked?.parts ?? []).flatMap((part) =>
        part.type === 'file'
          ? [{ id: part.file, name: part.name, mimeType: part.mimeType, bytes: part.bytes }]
          : [],
      ),
      history: before.map(({ role, parts }) => ({ role, text: textOf(parts) })),
    },
  };
}
