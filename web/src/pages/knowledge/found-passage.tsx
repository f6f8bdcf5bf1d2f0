/** One passage that was found: where it stands, its words, and the scores of each part of the search. */
import { Anchor, Card, Group, Spoiler, Stack, Text, Tooltip } from '@mantine/core';
import { Link } from 'react-router';
import type { Passage } from '../../../../contracts/knowledge/search.ts';
import type { Text as Words } from '../../../../contracts/text.ts';
import { knowledgeSearchText as texts } from '../../i18n/knowledge-search.ts';
import { useT } from '../../i18n/language.ts';
import { passageLink } from '../../lib/passage-link.ts';

export function FoundPassage({ passage, number }: { passage: Passage; number: number }) {
  const t = useT();
  const { name, page, headings, text, scores } = passage;
  const place = [...headings, ...(page === undefined ? [] : [t(texts.page, { page: String(page) })])];
  return (
    <Card withBorder p="md" data-testid="passage">
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start" gap="xs">
          <div style={{ minWidth: 0 }}>
            <Anchor component={Link} to={passageLink(passage)} fw={600} size="sm">
              {`${number} · ${name}`}
            </Anchor>
            {place.length > 0 && (
              <Text size="xs" c="dimmed">
                {place.join(' › ')}
              </Text>
            )}
          </div>
          <Group gap="lg" align="flex-start">
            <Score name={texts.byVector} help={texts.vectorHelp} of={scores.vector} />
            <Score name={texts.byText} help={texts.textHelp} of={scores.text} />
            <Score name={texts.fused} help={texts.fusedHelp} of={{ score: scores.fused }} />
            {scores.rerank !== undefined && (
              <Score name={texts.reranked} help={texts.rerankHelp} of={{ score: scores.rerank }} />
            )}
          </Group>
        </Group>
        <Spoiler maxHeight={130} showLabel={t(texts.more)} hideLabel={t(texts.less)}>
          <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {text}
          </Text>
        </Spoiler>
      </Stack>
    </Card>
  );
}

interface ScoreProps {
  name: Words;
  help: Words;
  /** Left out: it was not found by that part. */
  of: { score: number; rank?: number } | undefined;
}

function Score({ name, help, of }: ScoreProps) {
  const t = useT();
  return (
    <Tooltip label={t(help)} multiline maw={260}>
      <div style={{ textAlign: 'end' }}>
        <Text size="xs" c="dimmed">
          {t(name)}
        </Text>
        <Text size="sm" fw={600} style={{ fontVariantNumeric: 'tabular-nums' }}>
          {of ? of.score.toFixed(3) : '–'}
        </Text>
        <Text size="xs" c="dimmed">
          {of === undefined ? t(texts.notFoundBy) : of.rank && t(texts.rank, { rank: String(of.rank) })}
        </Text>
      </div>
    </Tooltip>
  );
}
