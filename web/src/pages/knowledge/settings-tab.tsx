/** How a knowledge base is called, cut, indexed and searched. */
import {
  Button,
  Group,
  Input,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  Textarea,
  TextInput,
} from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { KnowledgeBaseShown } from '../../../../contracts/api/knowledge.ts';
import type { KnowledgeLanguage } from '../../../../contracts/knowledge/knowledge-base.ts';
import { textSearchLanguages } from '../../../../contracts/knowledge/text-search-languages.ts';
import { useUpdateBase } from '../../api/knowledge.ts';
import { ErrorNotice, notifyDone } from '../../components/error-notice.tsx';
import { Section } from '../../components/section.tsx';
import { common } from '../../i18n/common.ts';
import { knowledgeText } from '../../i18n/knowledge.ts';
import { currentLanguage, htmlLanguage, useT } from '../../i18n/language.ts';
import { ModelField } from '../editor/inspector/model-field.tsx';
import { languageNames } from './language-names.ts';

export function SettingsTab({ base }: { base: KnowledgeBaseShown }) {
  const t = useT();
  const save = useUpdateBase(base.id);
  const [facts, setFacts] = useState(() => ({
    ...{ name: base.name, description: base.description, embedding: base.embedding },
    ...{ chunking: base.chunking, language: base.language, retrieval: base.retrieval },
  }));
  const change = (part: Partial<typeof facts>) => setFacts((before) => ({ ...before, ...part }));
  const { chunking, retrieval } = facts;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(facts, { onSuccess: () => notifyDone(t(knowledgeText.saved)) });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="xl">
        <Section title={t(knowledgeText.identity)}>
          <Stack>
            <TextInput
              label={t(common.name)}
              value={facts.name}
              onChange={(event) => change({ name: event.currentTarget.value })}
              maxLength={128}
            />
            <Textarea
              label={t(knowledgeText.about)}
              description={t(knowledgeText.aboutHelp)}
              value={facts.description}
              onChange={(event) => change({ description: event.currentTarget.value })}
              maxLength={2_000}
              autosize
              minRows={2}
            />
          </Stack>
        </Section>
        <Section title={t(knowledgeText.cutting)} help={t(knowledgeText.cuttingHelp)}>
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            <NumberInput
              label={t(knowledgeText.size)}
              value={chunking.size}
              onChange={(size) => change({ chunking: { ...chunking, size: Number(size) } })}
              min={50}
              max={2_000}
            />
            <NumberInput
              label={t(knowledgeText.overlap)}
              value={chunking.overlap}
              onChange={(overlap) => change({ chunking: { ...chunking, overlap: Number(overlap) } })}
              min={0}
              max={Math.min(500, Math.floor(chunking.size / 2))}
            />
            <Select
              label={t(knowledgeText.language)}
              data={[
                { value: 'auto', label: t(knowledgeText.languageAuto) },
                { value: 'simple', label: t(knowledgeText.languageSimple) },
                ...languageNames(textSearchLanguages, htmlLanguage(currentLanguage())),
              ]}
              value={facts.language}
              onChange={(language) => change({ language: (language ?? 'auto') as KnowledgeLanguage })}
              allowDeselect={false}
              searchable
            />
          </SimpleGrid>
        </Section>
        <Section title={t(knowledgeText.finding)} help={t(knowledgeText.findingHelp)}>
          <Stack>
            <Input.Wrapper
              label={t(knowledgeText.embedding)}
              description={t(knowledgeText.embeddingHelp)}
              labelElement="div"
            >
              <ModelField
                value={facts.embedding}
                onChange={(embedding) => change({ embedding })}
                shared={{
                  ...{ 'data-testid': 'base-embedding', 'aria-label': t(knowledgeText.embedding) },
                  error: false,
                }}
              />
            </Input.Wrapper>
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <NumberInput
                label={t(knowledgeText.topK)}
                value={retrieval.topK}
                onChange={(topK) => change({ retrieval: { ...retrieval, topK: Number(topK) } })}
                min={1}
                max={50}
              />
              <NumberInput
                label={t(knowledgeText.threshold)}
                value={retrieval.threshold}
                onChange={(threshold) =>
                  change({ retrieval: { ...retrieval, threshold: Number(threshold) } })
                }
                min={0}
                max={1}
                step={0.05}
                decimalScale={2}
              />
            </SimpleGrid>
          </Stack>
        </Section>
        {save.error && <ErrorNotice error={save.error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending} data-testid="save-base">
            {t(common.save)}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
