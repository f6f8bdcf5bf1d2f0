/** How the run that gives the last answer goes on: its state, its steps, what it took; paused and taken up again here. */
import { ActionIcon, Anchor, Collapse, Group, Paper, Text, Tooltip, UnstyledButton } from '@mantine/core';
import { IconChevronRight, IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { agentRunHasEnded } from '../../../../../contracts/agents/run.ts';
import type { Message } from '../../../../../contracts/api/conversations.ts';
import { agentRunKey, useAgentRun, useCommandAgentRun } from '../../../api/agents.ts';
import { useConversationNews } from '../../../api/chat-socket.ts';
import { CostLine } from '../../../components/chat/cost-line.tsx';
import { notifyError } from '../../../components/error-notice.tsx';
import { playgroundText } from '../../../i18n/agents.ts';
import { useT } from '../../../i18n/language.ts';
import { AgentRunBadge } from '../agent-run-badge.tsx';
import { costsOfSteps } from './costs-of-steps.ts';
import { newsOfAnswer } from './news-of-answer.ts';
import classes from './playground.module.css';
import { RunSteps } from './run-steps.tsx';

export function RunBar({ answer }: { answer: Message }) {
  const t = useT();
  const [isOpen, setIsOpen] = useState(false);
  // While its turn waits there is no run to look at.
  const { data: run } = useAgentRun(answer.state === 'queued' ? undefined : answer.id, newsOfAnswer(answer));
  const client = useQueryClient();
  const look = useCallback(
    () => void client.invalidateQueries({ queryKey: agentRunKey(answer.id) }),
    [client, answer.id],
  );
  useConversationNews(answer.conversation, look);
  if (run?.id !== answer.id) return null;
  return (
    <Paper className={classes.run} withBorder data-testid="trial-run" data-state={run.state}>
      <Group gap="xs" wrap="nowrap">
        <UnstyledButton
          onClick={() => setIsOpen(!isOpen)}
          aria-expanded={isOpen}
          className={classes.fold}
          data-testid="trial-steps-fold"
        >
          <IconChevronRight
            size={14}
            aria-hidden
            style={{ rotate: isOpen ? '90deg' : '0deg', flex: 'none' }}
          />
          <AgentRunBadge state={run.state} />
          <CostLine {...costsOfSteps(run.stepList)} />
        </UnstyledButton>
        {!agentRunHasEnded(run.state) && <PauseButton run={run.id} isPaused={run.state === 'paused'} />}
      </Group>
      <Collapse expanded={isOpen}>
        <RunSteps steps={run.stepList} />
        {run.temporalUrl && (
          <Anchor href={run.temporalUrl} target="_blank" rel="noreferrer" size="xs">
            {t(playgroundText.inTemporal)}
          </Anchor>
        )}
      </Collapse>
    </Paper>
  );
}

function PauseButton({ run, isPaused }: { run: string; isPaused: boolean }) {
  const t = useT();
  const command = useCommandAgentRun(run);
  // It pauses between two steps: until then it has only been told.
  const [told, setTold] = useState(false);
  const isPausing = told && !isPaused;
  const label = isPaused ? playgroundText.resume : isPausing ? playgroundText.pausing : playgroundText.pause;
  const tell = () => {
    const goOn = isPaused || isPausing;
    setTold(!goOn);
    command.mutate(goOn ? 'resume' : 'pause', { onError: notifyError });
  };
  return (
    <Group gap={6} wrap="nowrap" ms="auto">
      {isPausing && (
        <Text size="xs" c="dimmed" visibleFrom="sm">
          {t(label)}
        </Text>
      )}
      <Tooltip label={t(label)}>
        <ActionIcon
          size="sm"
          variant="default"
          aria-label={t(label)}
          onClick={tell}
          loading={command.isPending}
          data-testid={isPaused || isPausing ? 'trial-resume' : 'trial-pause'}
        >
          {isPaused || isPausing ? <IconPlayerPlayFilled size={13} /> : <IconPlayerPauseFilled size={13} />}
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}
