/** What starts an agent by itself: each folded to when it does, open to its form. */
import { Accordion, Anchor, Card, Group, Loader, Stack, Switch, Text } from '@mantine/core';
import { IconBroadcast, IconClock, type TablerIcon } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router';
import {
  type AgentStart,
  type AgentStartKind,
  agentStartKind,
} from '../../../../../contracts/agents/start.ts';
import { useCan } from '../../../api/session.ts';
import { startKindText, startText } from '../../../i18n/agent-starts.ts';
import { useT } from '../../../i18n/language.ts';
import { useScheduleWords } from '../../schedules/schedule-words.ts';
import { AddMenu } from '../lists/add-menu.tsx';
import { FoldedRow } from '../lists/folded-row.tsx';
import type { SectionProps } from '../section-props.ts';
import { below } from './below.ts';
import { newStart } from './new-start.ts';

const icons: Record<AgentStartKind, TablerIcon> = { schedule: IconClock, event: IconBroadcast };

const StartForm = lazy(async () => ({ default: (await import('./start-form.tsx')).StartForm }));

export interface StartListProps extends SectionProps {
  agent: string;
  readOnly: boolean;
}

export function StartList({ draft, errors, changeDraft, agent, readOnly }: StartListProps) {
  const t = useT();
  const { starts = [] } = draft;
  const mayAdd = useCan('automation.create');
  const [open, setOpen] = useState<string | null>(null);
  // Without any it is left out: such a version is the same as one from before there were starts.
  const put = (next: AgentStart[]) => changeDraft({ starts: next.length > 0 ? next : undefined });
  const add = (kind: AgentStartKind) => {
    const start = newStart(kind);
    put([...starts, start]);
    setOpen(start.id);
  };
  return (
    <Stack gap="sm">
      {starts.length === 0 && (
        <Card withBorder p="lg">
          <Text size="sm" c="dimmed">
            {t(startText.none)}
          </Text>
        </Card>
      )}
      <Accordion variant="contained" value={open} onChange={setOpen} chevronPosition="left">
        {starts.map((start, position) => (
          <Row
            key={start.id}
            start={start}
            agent={agent}
            readOnly={readOnly || !mayAdd}
            isOpen={open === start.id}
            problems={below(`starts.${position}.`, errors)}
            onChange={(next) => put(starts.map((each) => (each.id === start.id ? next : each)))}
            onRemove={() => put(starts.filter(({ id }) => id !== start.id))}
          />
        ))}
      </Accordion>
      <Group justify="space-between">
        {mayAdd && starts.length < 20 ? (
          <AddMenu
            label={t(startText.add)}
            kinds={agentStartKind.options}
            icons={icons}
            texts={startKindText}
            testId="add-start"
            onAdd={add}
          />
        ) : (
          <Text size="sm" c="dimmed">
            {!mayAdd && t(startText.mayNot)}
          </Text>
        )}
        {starts.length > 0 && (
          <Group gap="md">
            <Anchor component={Link} to="/schedules" size="sm">
              {t(startText.pause)}
            </Anchor>
            <Anchor component={Link} to="/runs" size="sm">
              {t(startText.runs)}
            </Anchor>
          </Group>
        )}
      </Group>
    </Stack>
  );
}

interface RowProps {
  start: AgentStart;
  agent: string;
  readOnly: boolean;
  isOpen: boolean;
  problems: ReadonlyMap<string, string>;
  onChange(start: AgentStart): void;
  onRemove(): void;
}

function Row({ start, agent, readOnly, isOpen, problems, onChange, onRemove }: RowProps) {
  const t = useT();
  const words = useScheduleWords();
  const { id, kind, trigger, message, enabled } = start;
  const when =
    kind === 'schedule'
      ? words({ kind: 'schedule', parameters: trigger, timezone: 'UTC' }).said
      : String(trigger.name ?? '');
  return (
    <FoldedRow
      value={id}
      testId="agent-start"
      kind={kind}
      icon={icons[kind]}
      title={when || t(startKindText[kind])}
      detail={message.replace(/^=/, '')}
      isWrong={problems.size > 0}
      isFaded={!enabled}
      isOpen={isOpen}
      control={
        <Switch
          aria-label={t(startText.enabled)}
          checked={enabled}
          onChange={(event) => onChange({ ...start, enabled: event.currentTarget.checked })}
          disabled={readOnly}
        />
      }
      onRemove={onRemove}
    >
      <Suspense fallback={<Loader size="sm" />}>
        <StartForm start={start} agent={agent} readOnly={readOnly} problems={problems} onChange={onChange} />
      </Suspense>
    </FoldedRow>
  );
}
