/** What was said to the agent that is tried, and how its run goes on. While it works, what is written steers it. */
import { Center, Loader } from '@mantine/core';
import { useEffect } from 'react';
import { hasEnded } from '../../../../../contracts/chat/message.ts';
import { steerAgentRun } from '../../../api/agents.ts';
import { useLiveApprovals } from '../../../api/approvals.ts';
import { ProblemError } from '../../../api/problem-error.ts';
import { Thread } from '../../../components/chat/thread.tsx';
import { ErrorNotice, notifyDone, notifyError } from '../../../components/error-notice.tsx';
import { playgroundText } from '../../../i18n/agents.ts';
import { chatText } from '../../../i18n/chat.ts';
import { useT } from '../../../i18n/language.ts';
import { ChatComposer } from '../../chat/chat-composer.tsx';
import { useBranch } from '../../chat/state/use-branch.ts';
import { useTalk } from '../../chat/state/use-talk.ts';
import classes from './playground.module.css';
import { RunBar } from './run-bar.tsx';

export interface TrialThreadProps {
  conversation: string;
  /** Of the agent. */
  name: string;
  /** Resolves with false when the draft can't be tried as it is. */
  ready(): Promise<boolean>;
  /** It was deleted elsewhere, or its time was up. */
  onGone(): void;
}

const alone = () => {};

export function TrialThread({ conversation, name, ready, onGone }: TrialThreadProps) {
  const t = useT();
  const live = useBranch(conversation, alone);
  const { branch, error } = live;
  const { messages, actions, send, stop } = useTalk({ id: conversation }, live);
  useLiveApprovals();
  const isGone = error instanceof ProblemError && error.status === 404;
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once
  useEffect(() => {
    if (isGone) onGone();
  }, [isGone]);
  const answer = messages.findLast(({ role }) => role === 'assistant');
  const isBusy = answer !== undefined && !hasEnded(answer.state);
  const say = async (text: string, files: readonly string[]) => {
    // A file can't be taken into a run that goes on: it waits for the next turn.
    if (!isBusy || files.length > 0) return (await ready()) && send(text, files);
    try {
      await steerAgentRun(answer.id, text);
      notifyDone(t(playgroundText.steered));
      return true;
    } catch (refused) {
      notifyError(refused);
      return false;
    }
  };
  return (
    <>
      {branch.isLoaded ? (
        <Thread
          messages={messages}
          actions={{
            show: actions.show,
            again: async (message) => void ((await ready()) && (await actions.again?.(message))),
            edit: async (message, text) => void ((await ready()) && (await actions.edit?.(message, text))),
          }}
          showCosts
          hasOlder={branch.before !== undefined}
          onOlder={live.loadOlder}
        />
      ) : (
        <Center flex={1} p="md">
          {error ? <ErrorNotice error={error} onRetry={() => void live.reload()} /> : <Loader />}
        </Center>
      )}
      <div className={classes.foot}>
        {answer && <RunBar answer={answer} />}
        <ChatComposer
          focused
          placeholder={isBusy ? t(playgroundText.steer) : t(chatText.placeholder, { name })}
          send={say}
          onStop={isBusy ? stop : undefined}
        />
      </div>
    </>
  );
}
