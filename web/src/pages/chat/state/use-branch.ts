/** The branch that is shown of a conversation, alive: loaded, followed over the socket, loaded again where something was missed. */
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo } from 'react';
import { createStore, useStore } from 'zustand';
import type { ChatPerson } from '../../../../../contracts/api/sockets.ts';
import { watchConversation } from '../../../api/chat-socket.ts';
import { conversationKeys, getMessage, listMessages } from '../../../api/conversations.ts';
import { type Branch, emptyBranch, takeBatch, takeLatest, takeMessage, takeOlder } from './branch.ts';
import { createLoader } from './create-loader.ts';

export interface LiveBranch {
  branch: Branch;
  /** Of the last time that the end could not be loaded. */
  error: unknown;
  /** Resolves when the end of the branch is here as it is now. */
  reload(): Promise<void>;
  loadOlder(): Promise<void>;
}

export function useBranch(conversation: string, onPerson: (person: ChatPerson) => void): LiveBranch {
  const client = useQueryClient();
  const live = useMemo(() => {
    const store = createStore<{ branch: Branch; error: unknown }>(() => ({
      branch: emptyBranch,
      error: undefined,
    }));
    const change = (next: (branch: Branch) => Branch) =>
      store.setState(({ branch }) => ({ branch: next(branch) }));
    const reload = createLoader(async () => {
      try {
        const page = await listMessages(conversation);
        change((branch) => takeLatest(branch, page));
        store.setState({ error: undefined });
      } catch (error) {
        store.setState({ error });
      }
    });
    const loadOlder = createLoader(async () => {
      const { before } = store.getState().branch;
      if (before === undefined) return;
      const page = await listMessages(conversation, before);
      // Another branch may have come meanwhile, to which these do not lead.
      change((branch) => (branch.before === before ? takeOlder(branch, page) : branch));
    });
    const refresh = async (message: string) => {
      const found = await getMessage(conversation, message).catch(() => undefined);
      if (found) change((branch) => takeMessage(branch, found));
    };
    return { store, change, reload, loadOlder, refresh };
  }, [conversation]);

  useEffect(() => {
    const { store, reload, refresh } = live;
    const leave = watchConversation(conversation, {
      onJoined: () => void reload(),
      onBatch(batch) {
        const { branch, missing } = takeBatch(store.getState().branch, batch);
        store.setState({ branch });
        if (missing) void refresh(batch.message);
      },
      onChanged(messages) {
        void client.invalidateQueries({ queryKey: conversationKeys.one(conversation) });
        void reload();
        // What changed may stand before the end that is loaded anew.
        for (const { id } of store.getState().branch.messages) if (messages.includes(id)) void refresh(id);
      },
      onPerson,
    });
    void reload();
    return leave;
  }, [conversation, live, client, onPerson]);

  const { branch, error } = useStore(live.store);
  const { reload, loadOlder } = live;
  return {
    branch,
    error,
    reload,
    loadOlder: useCallback(() => loadOlder().catch(() => undefined), [loadOlder]),
  };
}
