/** The passages of a document, as they are searched and cited. `?passage=N` begins at one, and marks it: where a citation leads. */
import { Anchor, Button, Card, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import { useParams, useSearchParams } from 'react-router';
import type { KnowledgeDocumentShown } from '../../../../contracts/api/knowledge.ts';
import type { Chunk } from '../../../../contracts/knowledge/chunk.ts';
import { useDocument, useKnowledgeBase, usePassages } from '../../api/knowledge.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Page } from '../../components/page.tsx';
import { TeachingEmpty } from '../../components/teaching-empty.tsx';
import { common } from '../../i18n/common.ts';
import { knowledgeText } from '../../i18n/knowledge.ts';
import { useT } from '../../i18n/language.ts';
import { PendingPage } from '../pending-page.tsx';
import { DocumentState } from './document-state.tsx';

/** Passages shown before the one that was asked for. */
const before = 2;

export function DocumentPage() {
  const { id = '', document: of = '' } = useParams();
  const t = useT();
  const document = useDocument(id, of);
  if (document.data) return <Document document={document.data} />;
  return <PendingPage query={document} title={t(knowledgeText.document)} />;
}

function Document({ document }: { document: KnowledgeDocumentShown }) {
  const t = useT();
  const { id, base, name, source, chunks } = document;
  const { data: of } = useKnowledgeBase(base);
  return (
    <Page
      back={{ to: `/knowledge/${base}`, label: of?.name ?? t(knowledgeText.title) }}
      title={name}
      actions={<DocumentState document={document} />}
    >
      <Stack>
        {source.kind === 'url' && (
          <Anchor href={source.url} target="_blank" rel="noreferrer" size="sm" truncate>
            {source.url}
          </Anchor>
        )}
        {chunks > 0 ? (
          <Passages base={base} document={id} synced={document.syncedAt} />
        ) : (
          <TeachingEmpty icon={<IconFileText />} title={t(knowledgeText.noPassages)}>
            {document.problem?.detail ?? t(knowledgeText.noDocumentsText)}
          </TeachingEmpty>
        )}
      </Stack>
    </Page>
  );
}

function Passages({
  base,
  document,
  synced,
}: {
  base: string;
  document: string;
  synced: string | undefined;
}) {
  const t = useT();
  const [address] = useSearchParams();
  const asked = address.has('passage') ? Number(address.get('passage')) || 0 : undefined;
  const passages = usePassages(base, document, Math.max(0, (asked ?? 0) - before), synced);
  if (passages.error) return <ErrorNotice error={passages.error} onRetry={passages.refetch} />;
  if (!passages.data) return <Skeleton height={240} />;
  return (
    <Stack>
      {passages.data.pages
        .flatMap(({ items }) => items)
        .map((chunk) => (
          <Passage key={chunk.id} chunk={chunk} isAsked={chunk.position === asked} />
        ))}
      {passages.hasNextPage && (
        <Button
          variant="default"
          mx="auto"
          onClick={() => void passages.fetchNextPage()}
          loading={passages.isFetchingNextPage}
        >
          {t(common.loadMore)}
        </Button>
      )}
    </Stack>
  );
}

function Passage({ chunk, isAsked }: { chunk: Chunk; isAsked: boolean }) {
  const t = useT();
  const { position, headings, page, tokens, text } = chunk;
  const where = [
    t(knowledgeText.passage, { number: position + 1 }),
    page !== undefined && t(knowledgeText.ofPages, { page }),
    headings.join(' › '),
  ].filter((part) => typeof part === 'string' && part !== '');
  return (
    <Card
      withBorder
      p="md"
      data-testid="passage"
      aria-current={isAsked || undefined}
      {...(isAsked && { style: { borderColor: 'var(--mantine-primary-color-filled)' } })}
    >
      <Group justify="space-between" mb={6} gap="xs" wrap="nowrap">
        <Text size="xs" c="dimmed" truncate>
          {where.join(' · ')}
        </Text>
        <Text size="xs" c="dimmed" style={{ flex: 'none' }}>
          {t(knowledgeText.tokens, { count: tokens })}
        </Text>
      </Group>
      <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {text}
      </Text>
    </Card>
  );
}
