/** When a schedule as it is set now would tick next. Nothing while a field of it is wrong: the field says so itself. */
import { Paper, Skeleton, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { GraphNode } from '../../../../../contracts/graph.ts';
import { useTicksPreview } from '../../../api/schedules.ts';
import { inspectorText } from '../../../i18n/inspector.ts';
import { useLanguage, useT } from '../../../i18n/language.ts';
import { useGraph } from '../state/editor-store.ts';

const shown = 5;

export function NextTicks({ node }: { node: GraphNode }) {
  const t = useT();
  const language = useLanguage();
  const { timezone } = useGraph().settings;
  const [parameters] = useDebouncedValue(node.parameters, 400);
  const { data, error } = useTicksPreview(parameters, timezone);
  if (error) return null;
  return (
    <Paper p="sm" data-testid="next-ticks">
      <Text size="xs" fw={600} c="dimmed" mb={4}>
        {t(inspectorText.nextTicks, { zone: data?.zone ?? timezone })}
      </Text>
      {!data && <Skeleton height={80} />}
      {data?.nextTicks.length === 0 && <Text size="sm">{t(inspectorText.noTicks)}</Text>}
      {data?.nextTicks.slice(0, shown).map((at) => (
        <Text key={at} size="sm" component="time" dateTime={at} display="block">
          {inZone(at, data.zone, language)}
        </Text>
      ))}
    </Paper>
  );
}

function inZone(at: string, timeZone: string, language: string): string {
  const style = {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  } as const;
  return new Intl.DateTimeFormat(language === 'pt' ? 'pt-BR' : 'en-GB', {
    ...style,
    second: '2-digit',
    timeZone,
  }).format(new Date(at));
}
