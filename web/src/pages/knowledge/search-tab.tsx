/** The console of a knowledge base: a question, what is found by it, and why. */
import {
  Alert,
  Button,
  Group,
  NumberInput,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { IconInfoCircle, IconSearch } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { KnowledgeAnswer, MetadataFilter } from '../../../../contracts/knowledge/search.ts';
import { useKnowledgeSearch } from '../../api/knowledge-search.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Section } from '../../components/section.tsx';
import { TeachingEmpty } from '../../components/teaching-empty.tsx';
import { knowledgeSearchText, searchNoteText } from '../../i18n/knowledge-search.ts';
import { useT } from '../../i18n/language.ts';
import { FoundPassage } from './found-passage.tsx';

interface SearchTabProps {
  base: string;
  /** What counts where nothing else is said. */
  retrieval: { topK: number; threshold: number };
}

export function SearchTab({ base, retrieval }: SearchTabProps) {
  const t = useT();
  const search = useKnowledgeSearch(base);
  const [query, setQuery] = useState('');
  const [topK, setTopK] = useState<number>();
  const [threshold, setThreshold] = useState<number>();
  const [filter, setFilter] = useState('');
  const conditions = filterOf(filter);

  function ask(event: FormEvent) {
    event.preventDefault();
    if (query.trim() === '' || conditions === undefined) return;
    search.mutate({
      query: query.trim(),
      ...(topK !== undefined && { topK }),
      ...(threshold !== undefined && { threshold }),
      ...(Object.keys(conditions).length > 0 && { filter: conditions }),
    });
  }

  return (
    <Stack gap="xl">
      <Section title={t(knowledgeSearchText.title)} help={t(knowledgeSearchText.help)}>
        <form onSubmit={ask}>
          <Stack>
            <Group align="flex-end" wrap="nowrap" gap="sm">
              <TextInput
                label={t(knowledgeSearchText.question)}
                placeholder={t(knowledgeSearchText.placeholder)}
                value={query}
                onChange={(event) => setQuery(event.currentTarget.value)}
                style={{ flex: 1 }}
                data-testid="knowledge-question"
              />
              <Button
                type="submit"
                leftSection={<IconSearch size={16} />}
                loading={search.isPending}
                disabled={query.trim() === '' || conditions === undefined}
                data-testid="knowledge-search"
              >
                {t(knowledgeSearchText.search)}
              </Button>
            </Group>
            <SimpleGrid cols={{ base: 1, sm: 3 }}>
              <NumberInput
                label={t(knowledgeSearchText.passages)}
                placeholder={String(retrieval.topK)}
                value={topK ?? ''}
                onChange={(value) => setTopK(typeof value === 'number' ? value : undefined)}
                min={1}
                max={50}
              />
              <NumberInput
                label={t(knowledgeSearchText.threshold)}
                placeholder={String(retrieval.threshold)}
                value={threshold ?? ''}
                onChange={(value) => setThreshold(typeof value === 'number' ? value : undefined)}
                min={0}
                max={1}
                step={0.05}
              />
              <Textarea
                label={t(knowledgeSearchText.filter)}
                placeholder='{"team": "sales"}'
                value={filter}
                onChange={(event) => setFilter(event.currentTarget.value)}
                error={conditions === undefined && t(knowledgeSearchText.filterWrong)}
                autosize
                minRows={1}
                maxRows={6}
              />
            </SimpleGrid>
          </Stack>
        </form>
      </Section>
      {search.error && <ErrorNotice error={search.error} />}
      {search.data && <Found answer={search.data} />}
    </Stack>
  );
}

function Found({ answer: { passages, notes, took } }: { answer: KnowledgeAnswer }) {
  const t = useT();
  const reranked =
    took.rerank === undefined ? '' : t(knowledgeSearchText.tookRerank, { rerank: String(took.rerank) });
  return (
    <Stack data-testid="knowledge-found">
      {notes.map((note) => (
        <Alert key={note} color="yellow" variant="light" icon={<IconInfoCircle />}>
          {t(searchNoteText[note])}
        </Alert>
      ))}
      {passages.length === 0 ? (
        <TeachingEmpty icon={<IconSearch />} title={t(knowledgeSearchText.nothing)}>
          {t(knowledgeSearchText.nothingHelp)}
        </TeachingEmpty>
      ) : (
        <>
          <Text size="sm" c="dimmed">
            {t(knowledgeSearchText.found, { count: passages.length })}
            {' · '}
            {t(knowledgeSearchText.took, { embed: String(took.embed), search: String(took.search) })}
            {reranked}
          </Text>
          {passages.map((passage, position) => (
            <FoundPassage key={passage.chunks[0]} passage={passage} number={position + 1} />
          ))}
        </>
      )}
    </Stack>
  );
}

/** Undefined: it is none. */
function filterOf(text: string): MetadataFilter | undefined {
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as MetadataFilter)
      : undefined;
  } catch {
    return undefined;
  }
}
