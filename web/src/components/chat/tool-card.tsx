/** One tool call: what was asked of which tool, and what came of it. Folded unless somebody has to decide. */
import { Alert, Code, Collapse, Group, Paper, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconChevronRight, IconTool } from '@tabler/icons-react';
import { useState } from 'react';
import type { ToolPart, ToolState } from '../../../../contracts/chat/message.ts';
import type { JsonValue } from '../../../../contracts/json.ts';
import type { State } from '../../../../contracts/states.ts';
import { chatText, toolStateText } from '../../i18n/chat.ts';
import { useT } from '../../i18n/language.ts';
import { StateIcon } from '../state-badge.tsx';
import { ToolApproval } from './tool-approval.tsx';
import classes from './tool-card.module.css';

const looks: Record<ToolState, State> = {
  running: 'running',
  waiting: 'waiting',
  succeeded: 'succeeded',
  failed: 'failed',
  denied: 'cancelled',
};

export function ToolCard({ part }: { part: ToolPart }) {
  const t = useT();
  const { name, arguments: input, state, result, failure, approval } = part;
  const isAsked = state === 'waiting';
  const [chosen, setChosen] = useState<boolean>();
  const isOpen = chosen ?? isAsked;
  return (
    <Paper withBorder className={classes.card} data-testid="tool-call" data-tool={name} data-state={state}>
      <UnstyledButton
        className={classes.head}
        onClick={() => setChosen(!isOpen)}
        aria-expanded={isOpen}
        data-testid="tool-fold"
      >
        <IconChevronRight size={15} aria-hidden className={classes.chevron} data-open={isOpen || undefined} />
        <IconTool size={16} stroke={1.7} aria-hidden />
        <Text size="sm" fw={600} truncate>
          {name}
        </Text>
        <Group gap={5} wrap="nowrap" ml="auto">
          <StateIcon state={looks[state]} size={14} />
          <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
            {t(toolStateText[state])}
          </Text>
        </Group>
      </UnstyledButton>
      <Collapse expanded={isOpen}>
        <Stack gap="xs" px="sm" pb="sm">
          <Value label={t(chatText.input)} text={pretty(input)} />
          {result !== undefined && <Value label={t(chatText.output)} text={shown(result)} />}
          {failure && (
            <Alert color="red" variant="light" p="xs" title={failure.message}>
              {failure.hint && <Text size="xs">{failure.hint}</Text>}
            </Alert>
          )}
        </Stack>
      </Collapse>
      {isAsked && approval && (
        <div className={classes.asks}>
          <ToolApproval approval={approval} tool={name} />
        </div>
      )}
    </Paper>
  );
}

/** As text, always: what a tool gives back is somebody else's. */
function Value({ label, text }: { label: string; text: string }) {
  return (
    <div>
      <Text size="xs" c="dimmed" mb={3}>
        {label}
      </Text>
      <Code block className={classes.value}>
        {text}
      </Code>
    </div>
  );
}

function shown(value: JsonValue): string {
  return typeof value === 'string' ? pretty(value) : JSON.stringify(value, null, 2);
}

/** JSON with its lines; the beginning of some, or anything else, as it is. */
function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
