/** The steps of a run in order: what was asked of the model, which tools it called, what each took. */
import { Group, ScrollArea, Text } from '@mantine/core';
import { IconBrain, IconTool } from '@tabler/icons-react';
import type { AgentStepState } from '../../../../../contracts/agents/run.ts';
import type { ToolKind } from '../../../../../contracts/agents/tool.ts';
import type { AgentStepRecord } from '../../../../../contracts/api/agents.ts';
import { totalTokens } from '../../../../../contracts/models/usage.ts';
import type { State } from '../../../../../contracts/states.ts';
import { Duration } from '../../../components/duration.tsx';
import { StateIcon } from '../../../components/state-badge.tsx';
import { playgroundText, toolKindText } from '../../../i18n/agents.ts';
import { chatText } from '../../../i18n/chat.ts';
import { useLanguage, useT } from '../../../i18n/language.ts';
import { money, shortNumber } from '../../../lib/money.ts';
import { toolIcons } from '../tools/tool-looks.ts';
import classes from './playground.module.css';

const shown: Record<AgentStepState, State> = {
  running: 'running',
  waiting: 'waiting',
  succeeded: 'succeeded',
  failed: 'failed',
  denied: 'cancelled',
};

export function RunSteps({ steps }: { steps: readonly AgentStepRecord[] }) {
  return (
    <ScrollArea.Autosize mah={220} mt={6}>
      <ol className={classes.steps}>
        {steps.map((step) => (
          <Row key={`${step.step}-${step.call}`} step={step} />
        ))}
      </ol>
    </ScrollArea.Autosize>
  );
}

function Row({ step }: { step: AgentStepRecord }) {
  const t = useT();
  const language = useLanguage();
  const { kind, name, state, usage, cost, startedAt, finishedAt } = step;
  const Icon = kind === 'model' || kind === 'summary' ? IconBrain : (toolIcons[kind as ToolKind] ?? IconTool);
  const tokens = usage ? totalTokens(usage) : 0;
  const words =
    kind === 'model'
      ? playgroundText.model
      : kind === 'summary'
        ? playgroundText.summary
        : toolKindText[kind as ToolKind];
  return (
    <Group component="li" gap={8} wrap="nowrap" data-testid="trial-step" data-kind={kind} data-state={state}>
      <StateIcon state={shown[state]} size={14} />
      <Icon size={15} stroke={1.7} aria-hidden style={{ flex: 'none' }} />
      {name && (
        <Text size="xs" truncate title={name} fw={500}>
          {name}
        </Text>
      )}
      {words && (
        <Text size="xs" c="dimmed" visibleFrom={name ? 'sm' : undefined} style={{ whiteSpace: 'nowrap' }}>
          {t(words)}
        </Text>
      )}
      <Group gap={8} wrap="nowrap" ms="auto" c="dimmed">
        {usage && (
          <Text size="xs" style={{ whiteSpace: 'nowrap' }}>
            {t(chatText.tokens, { count: tokens, number: shortNumber(tokens, language) })}
            {cost !== null && cost > 0 && ` · ${money(cost, language)}`}
          </Text>
        )}
        <Duration
          from={Date.parse(startedAt)}
          to={finishedAt ? Date.parse(finishedAt) : undefined}
          size="xs"
        />
      </Group>
    </Group>
  );
}
