/** The conversation in which somebody tries an agent: of the draft or of what is published, kept over a reload of the tab. */
import { useState } from 'react';
import type { ConversationTrial } from '../../../../../contracts/api/conversations.ts';
import { createConversationRequest, postMessage, removeConversation } from '../../../api/conversations.ts';

export interface Trial {
  /** Undefined until something was said. */
  conversation: string | undefined;
  /** Begins it with these words. */
  begin(text: string, files: readonly string[]): Promise<void>;
  /** Deletes it: whatever it still does is stopped. */
  end(): void;
}

const keyOf = (agent: string, of: ConversationTrial) => `hiviex-trial:${agent}:${of}`;

export function useTrial(agent: string, of: ConversationTrial): Trial {
  const key = keyOf(agent, of);
  const [kept, setKept] = useState<Readonly<Record<string, string | undefined>>>({});
  const conversation = key in kept ? kept[key] : (sessionStorage.getItem(key) ?? undefined);
  const keep = (id: string | undefined) => {
    if (id === undefined) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, id);
    setKept((all) => ({ ...all, [key]: id }));
  };
  return {
    conversation,
    async begin(text, files) {
      const { id } = await createConversationRequest({ with: { kind: 'agent', id: agent }, trial: of });
      await postMessage(id, { text, files: [...files] });
      keep(id);
    },
    end() {
      keep(undefined);
      // One that is gone already is as good; what is left is deleted after a week.
      if (conversation !== undefined) void removeConversation(conversation).catch(() => undefined);
    },
  };
}
