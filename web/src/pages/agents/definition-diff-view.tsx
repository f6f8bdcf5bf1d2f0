/** What differs between two versions of an agent. */
import { Badge, Group, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import type { AgentDefinition } from '../../../../contracts/agents/agent.ts';
import {
  diffDefinitions,
  isSameDefinition,
  type PartChange,
} from '../../../../contracts/agents/definition-diff.ts';
import { FieldChanges } from '../../components/versions/field-changes.tsx';
import { LineDiffView } from '../../components/versions/line-diff-view.tsx';
import { agentFormText, partText } from '../../i18n/agents.ts';
import { useT } from '../../i18n/language.ts';
import { versionsText } from '../../i18n/versions.ts';

const colors: Record<PartChange['kind'], string> = { added: 'green', removed: 'red', changed: 'yellow' };

export function DefinitionDiffView({ before, after }: { before: AgentDefinition; after: AgentDefinition }) {
  const t = useT();
  const diff = useMemo(() => diffDefinitions(before, after), [before, after]);
  const { instructions, parts, fields } = diff;
  return (
    <Stack data-testid="definition-diff">
      {isSameDefinition(diff) && <Text size="sm">{t(versionsText.same)}</Text>}
      {instructions && (
        <Stack gap={4}>
          <Text size="sm" fw={600}>
            {t(agentFormText.instructions)}
          </Text>
          <LineDiffView before={instructions.before} after={instructions.after} />
        </Stack>
      )}
      {parts.map(({ part, kind, name, fields: changed }) => (
        <Stack key={`${part} ${name}`} gap={4}>
          <Group gap="xs">
            <Badge variant="light" color={colors[kind]} tt="none">
              {t(versionsText[kind])}
            </Badge>
            <Text size="sm">
              {t(partText[part])}{' '}
              <Text span fw={600} ff="monospace" inherit>
                {name}
              </Text>
            </Text>
          </Group>
          {changed.length > 0 && <FieldChanges fields={changed} />}
        </Stack>
      ))}
      {fields.length > 0 && (
        <Stack gap={4}>
          <Text size="sm" fw={600}>
            {t(versionsText.settings)}
          </Text>
          <FieldChanges fields={fields} />
        </Stack>
      )}
    </Stack>
  );
}
