/** What starts an agent by itself: each folded to when it does, open to its form. */
import {
  Accordion,
  ActionIcon,
  Anchor,
  Box,
  Button,
  Card,
  Group,
  Loader,
  Menu,
  Stack,
  Switch,
  Text,
} from '@mantine/core';
import { IconBroadcast, IconClock, IconPlus, IconTrash, type TablerIcon } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router';
import {
  type AgentStart,
  type AgentStartKind,
  agentStartKind,
} from '../../../../../contracts/agents/start.ts';
import { useCan } from '../../../api/session.ts';
import { startKindText, startText } from '../../../i18n/agent-starts.ts';
import { agentFormText } from '../../../i18n/agents.ts';
import { useT } from '../../../i18n/language.ts';
import { useScheduleWords } from '../../schedules/schedule-words.ts';
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
          <Menu position="bottom-start" width={240}>
            <Menu.Target>
              <Button variant="default" leftSection={<IconPlus size={16} />} data-testid="add-start">
                {t(startText.add)}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {agentStartKind.options.map((kind) => {
                const Icon = icons[kind];
                return (
                  <Menu.Item
                    key={kind}
                    leftSection={<Icon size={16} />}
                    onClick={() => add(kind)}
                    data-testid={`add-start-${kind}`}
                  >
                    {t(startKindText[kind])}
                  </Menu.Item>
                );
              })}
            </Menu.Dropdown>
          </Menu>
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
  const Icon = icons[kind];
  const when =
    kind === 'schedule'
      ? words({ kind: 'schedule', parameters: trigger, timezone: 'UTC' }).said
      : String(trigger.name ?? '');
  return (
    <Accordion.Item value={id} data-testid="agent-start" data-kind={kind}>
      <Group wrap="nowrap" gap="xs" pe="sm">
        <Accordion.Control miw={0}>
          <Group gap="sm" wrap="nowrap">
            <Icon size={18} stroke={1.7} style={{ flex: 'none' }} aria-hidden />
            <Box miw={0} opacity={enabled ? 1 : 0.6}>
              <Text size="sm" fw={600} truncate c={problems.size > 0 ? 'red' : undefined}>
                {when || t(startKindText[kind])}
              </Text>
              <Text size="xs" c="dimmed" truncate>
                {message.replace(/^=/, '')}
              </Text>
            </Box>
          </Group>
        </Accordion.Control>
        <Switch
          aria-label={t(startText.enabled)}
          checked={enabled}
          onChange={(event) => onChange({ ...start, enabled: event.currentTarget.checked })}
          disabled={readOnly}
        />
        <ActionIcon aria-label={t(agentFormText.remove)} onClick={onRemove}>
          <IconTrash size={16} />
        </ActionIcon>
      </Group>
      <Accordion.Panel>
        {isOpen && (
          <Suspense fallback={<Loader size="sm" />}>
            <StartForm
              start={start}
              agent={agent}
              readOnly={readOnly}
              problems={problems}
              onChange={onChange}
            />
          </Suspense>
        )}
      </Accordion.Panel>
    </Accordion.Item>
  );
}
