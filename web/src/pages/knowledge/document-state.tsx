/** How the ingestion of a document is, and why it failed. */
import { Stack, Text } from '@mantine/core';
import type { KnowledgeDocumentShown } from '../../../../contracts/api/knowledge.ts';
import { StateBadge } from '../../components/state-badge.tsx';
import { knowledgeText, progressTexts } from '../../i18n/knowledge.ts';
import { useT } from '../../i18n/language.ts';

export function DocumentState({ document }: { document: KnowledgeDocumentShown }) {
  const t = useT();
  const { state, progress, problem, chunks } = document;
  return (
    <Stack gap={2} align="flex-start">
      <StateBadge state={state} size="sm" testId="document-state" />
      {state === 'running' && progress && (
        <Text size="xs" c="dimmed">
          {t(progressTexts[progress.step], { done: progress.done, total: progress.total ?? 0 })}
        </Text>
      )}
      {problem && (
        <Text size="xs">
          {problem.title}{' '}
          <Text span size="xs" c="dimmed">
            {problem.detail}
          </Text>
        </Text>
      )}
      {problem && chunks > 0 && (
        <Text size="xs" c="dimmed">
          {t(knowledgeText.stillFound)}
        </Text>
      )}
    </Stack>
  );
}
