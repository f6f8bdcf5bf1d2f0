/** What was said to the agent, and its run as it goes on. */
import { Loader, Stack, Text } from '@mantine/core';
import { useEffect } from 'react';
import { agentRunHasEnded } from '../../../../../contracts/agents/run.ts';
import { useAgentRun } from '../../../api/agents.ts';
import { MessageParts } from '../../../components/chat/message-parts.tsx';
import { SandboxNote } from '../../../components/chat/sandbox-note.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { chatText, messageStateText } from '../../../i18n/chat.ts';
import { useT } from '../../../i18n/language.ts';
import { partsOfRun } from './parts-of-run.ts';
import classes from './playground.module.css';

export interface PlaygroundTurnProps {
  said: string;
  run: string;
  onEnd(answer: string): void;
  onGrow(): void;
}

export function PlaygroundTurn({ said, run: id, onEnd, onGrow }: PlaygroundTurnProps) {
  const t = useT();
  const { data: run, error } = useAgentRun(id);
  const hasEnded = run !== undefined && agentRunHasEnded(run.state);
  const steps = run?.stepList.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once, when it has ended
  useEffect(() => {
    if (hasEnded) onEnd(run.text ?? '');
  }, [hasEnded]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: when there is more of it
  useEffect(() => {
    onGrow();
  }, [hasEnded, steps]);
  const by = run?.stepList.findLast((step) => step.by)?.by;
  return (
    <Stack gap="sm" data-testid="playground-turn" data-state={run?.state}>
      <Text className={classes.said}>{said}</Text>
      {run && <MessageParts parts={partsOfRun(run)} />}
      {!hasEnded && run?.state !== 'waiting' && !error && (
        <Loader size="sm" type="dots" aria-label={t(chatText.thinking)} />
      )}
      {error && <ErrorNotice error={error} />}
      {run?.failure && <ErrorNotice error={new Error(run.failure.message)} />}
      {run?.state === 'stopped' && (
        <Text size="sm" c="dimmed">
          {t(messageStateText.stopped)}
        </Text>
      )}
      <SandboxNote by={by} />
    </Stack>
  );
}
