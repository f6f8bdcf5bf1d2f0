/** One of a list, folded to its name and what it is about, open to its form. Stands in an `Accordion`. */
import { Accordion, ActionIcon, Box, Group, Text } from '@mantine/core';
import { IconTrash, type TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { agentFormText } from '../../../i18n/agents.ts';
import { useT } from '../../../i18n/language.ts';

export interface FoldedRowProps {
  /** Its value in the accordion. */
  value: string;
  testId: string;
  kind: string;
  icon: TablerIcon;
  title: string;
  /** The title is a name as machines have it. */
  isCode?: boolean;
  detail: string;
  isWrong: boolean;
  /** Turned off. */
  isFaded?: boolean;
  isOpen: boolean;
  /** What can be changed without opening it. */
  control: ReactNode;
  onRemove(): void;
  /** Its form, shown while it is open. */
  children: ReactNode;
}

export function FoldedRow(props: FoldedRowProps) {
  const { value, testId, kind, icon: Icon, title, isCode = false, detail, isWrong, isFaded = false } = props;
  const { isOpen, control, onRemove, children } = props;
  const t = useT();
  return (
    <Accordion.Item value={value} data-testid={testId} data-kind={kind}>
      <Group wrap="nowrap" gap="xs" pe="sm">
        <Accordion.Control miw={0}>
          <Group gap="sm" wrap="nowrap">
            <Icon size={18} stroke={1.7} style={{ flex: 'none' }} aria-hidden />
            <Box miw={0} opacity={isFaded ? 0.6 : 1}>
              <Text
                size="sm"
                fw={600}
                truncate
                c={isWrong ? 'red' : undefined}
                ff={isCode ? 'monospace' : undefined}
              >
                {title}
              </Text>
              <Text size="xs" c="dimmed" truncate>
                {detail}
              </Text>
            </Box>
          </Group>
        </Accordion.Control>
        {control}
        <ActionIcon aria-label={t(agentFormText.remove)} onClick={onRemove}>
          <IconTrash size={16} />
        </ActionIcon>
      </Group>
      <Accordion.Panel>{isOpen && children}</Accordion.Panel>
    </Accordion.Item>
  );
}
