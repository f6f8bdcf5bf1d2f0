/** Fields that differ: what stood there, and what stands there now. */
import { Code, Group, Stack, Text } from '@mantine/core';
import type { FieldChange } from '../../../../contracts/graph-diff.ts';
import type { JsonValue } from '../../../../contracts/json.ts';
import { useT } from '../../i18n/language.ts';
import { versionsText } from '../../i18n/versions.ts';

export interface FieldChangesProps {
  fields: readonly FieldChange[];
  /** How people call a field; left out: as it is called in the definition. */
  labelOf?(field: string): string;
}

export function FieldChanges({ fields, labelOf = (field) => field }: FieldChangesProps) {
  const t = useT();
  const shown = (value: JsonValue | undefined) =>
    value === undefined ? t(versionsText.nothing) : JSON.stringify(value, null, 1);
  return (
    <Stack gap={4} pl="md">
      {fields.map(({ field, before, after }) => (
        <Group key={field} gap={6} align="flex-start">
          <Text size="sm" c="dimmed">
            {labelOf(field)}
          </Text>
          <Code style={{ whiteSpace: 'pre-wrap', wordBreak: 'break-word' }}>{shown(before)}</Code>
          <Text size="sm">→</Text>
          <Code style={{ whiteSpace: 'pre-wrap', wordBreak: 'break-word' }}>{shown(after)}</Code>
        </Group>
      ))}
    </Stack>
  );
}
