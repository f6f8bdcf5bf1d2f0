/** Ties the draft in the store to the server: saves by itself, warns before the tab closes on unsaved work. */
import { useCallback, useEffect, useMemo } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import type { Automation } from '../../../../../contracts/api/automations.ts';
import { getAutomation, saveAutomation } from '../../../api/automations.ts';
import { useConnection } from '../../../api/socket.ts';
import { notifyError } from '../../../components/error-notice.tsx';
import { Autosaver } from './autosaver.ts';
import type { Draft, EditorState } from './editor-store.ts';

export interface Saving {
  /** Saves at once. True: everything is saved. */
  flush(): Promise<boolean>;
  /** As `flush`, for what needs the draft saved first: a person hears why it is not. */
  settle(): Promise<boolean>;
  keepMine(): Promise<void>;
  takeTheirs(): Promise<void>;
}

export function useAutosave(store: StoreApi<EditorState>, automation: Automation): Saving {
  const saver = useMemo(
    () =>
      new Autosaver<Draft>({
        revision: automation.revision,
        async save({ name, graph }, revision) {
          // A name under way to being typed may be empty for a moment; the draft is saved without it.
          const named = name.trim() ? { name: name.trim() } : {};
          const saved = await saveAutomation(automation.id, { ...named, draft: graph }, revision);
          store
            .getState()
            .set({ draftChanged: saved.draftChanged, publishedVersion: saved.publishedVersion });
          return saved;
        },
        onState: (save) => store.getState().set({ save }),
      }),
    [store, automation],
  );

  useEffect(() => {
    const end = store.subscribe((state, before) => {
      if (state.history.present !== before.history.present) saver.change(state.history.present);
    });
    const warn = (event: BeforeUnloadEvent) => {
      if (!saver.isClean) event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    const endConnection = useConnection.subscribe((connection) => {
      if (connection.state === 'online' && saver.state.kind === 'offline') void saver.flush();
    });
    return () => {
      end();
      endConnection();
      window.removeEventListener('beforeunload', warn);
      // Leaving the page inside the app: what is not saved yet goes out now.
      void saver.flush().finally(() => saver.stop());
    };
  }, [saver, store]);

  const flush = useCallback(() => saver.flush(), [saver]);
  const settle = useCallback(async () => {
    const isSaved = await saver.flush();
    if (!isSaved && saver.problem) notifyError(saver.problem);
    return isSaved;
  }, [saver]);
  const keepMine = useCallback(async () => {
    try {
      const theirs = await getAutomation(automation.id);
      await saver.keepMine(store.getState().history.present, theirs.revision);
    } catch (error) {
      notifyError(error);
    }
  }, [saver, store, automation.id]);
  const takeTheirs = useCallback(async () => {
    try {
      const theirs = await getAutomation(automation.id);
      store.getState().load({ name: theirs.name, graph: theirs.draft }, true);
      saver.takeTheirs(theirs.revision);
    } catch (error) {
      notifyError(error);
    }
  }, [saver, store, automation.id]);
  return { flush, settle, keepMine, takeTheirs };
}
