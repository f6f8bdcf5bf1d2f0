/** What a person does in a conversation. What they say is shown at once, and is the server's from its answer on. */
import { useMemo, useState } from 'react';
import { ulid } from 'ulid';
import type { Conversation, Message } from '../../../../../contracts/api/conversations.ts';
import { answerAgain, postMessage, rateAnswer, showBranch, stopAnswers } from '../../../api/conversations.ts';
import type { ThreadActions } from '../../../components/chat/thread-actions.ts';
import { notifyError } from '../../../components/error-notice.tsx';
import type { LiveBranch } from './use-branch.ts';

export interface Talk {
  /** The branch, with what is on its way at its end. */
  messages: readonly Message[];
  actions: ThreadActions;
  /** False: it was refused, and that was told. @param files ids */
  send(text: string, files: readonly string[]): Promise<boolean>;
  stop(): void;
}

export function useTalk({ id }: Pick<Conversation, 'id'>, { branch, reload }: LiveBranch): Talk {
  const [sending, setSending] = useState<readonly Message[]>([]);
  const known = branch.messages;
  const messages = useMemo(() => {
    const here = new Set(known.map((message) => message.id));
    const onTheirWay = sending.filter((message) => !here.has(message.id));
    return onTheirWay.length > 0 ? [...known, ...onTheirWay] : known;
  }, [known, sending]);

  const does = useMemo(() => {
    const told = async (change: Promise<unknown>) => {
      try {
        await change;
      } catch (error) {
        notifyError(error);
      }
      await reload();
    };
    return {
      again: (message: string) => told(answerAgain(id, message)),
      show: (message: string) => told(showBranch(id, message)),
      rate: (message: string, thumb: 'up' | 'down' | null) => told(rateAnswer(id, message, { thumb })),
      stop: () => void told(stopAnswers(id)),
      async send(text: string, files: readonly string[]) {
        const message = onItsWay(id, text);
        setSending((all) => [...all, message]);
        try {
          await postMessage(id, { id: message.id, text, files: [...files] });
          await reload();
          return true;
        } catch (error) {
          notifyError(error);
          return false;
        } finally {
          setSending((all) => all.filter((one) => one.id !== message.id));
        }
      },
    };
  }, [id, reload]);

  const { again, show, rate, send, stop } = does;
  const actions = useMemo<ThreadActions>(
    () => ({
      ...{ again, show, rate },
      async edit(edited, text) {
        const { parent, parts = [] } = known.find((message) => message.id === edited) ?? {};
        const files = parts.flatMap((part) => (part.type === 'file' ? [part.file] : []));
        try {
          await postMessage(id, { id: ulid(), text, files, parent: parent ?? null });
        } catch (error) {
          notifyError(error);
        }
        await reload();
      },
    }),
    [id, known, reload, again, show, rate],
  );
  return { messages, actions, send, stop };
}

function onItsWay(conversation: string, text: string): Message {
  const id = ulid();
  return {
    ...{ id, conversation, role: 'user', state: 'queued', seq: 0, siblings: [id] },
    parts: [{ type: 'text', text }],
    createdAt: new Date().toISOString(),
  };
}
