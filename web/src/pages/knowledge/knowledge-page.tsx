/** Every knowledge base that the person may see, and how its documents are. */
import { Button, Group, Table, Text } from '@mantine/core';
import { IconBooks, IconPlus, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { KnowledgeBaseShown } from '../../../../contracts/api/knowledge.ts';
import { useKnowledgeBases } from '../../api/knowledge.ts';
import { useCan } from '../../api/session.ts';
import { ListFrame, ListTable } from '../../components/list-frame.tsx';
import { Page } from '../../components/page.tsx';
import { RowName } from '../../components/row-name.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { TeachingEmpty } from '../../components/teaching-empty.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { useRowLink } from '../../components/use-row-link.ts';
import { useSearch } from '../../components/use-search.ts';
import { common } from '../../i18n/common.ts';
import { knowledgeText } from '../../i18n/knowledge.ts';
import { useT } from '../../i18n/language.ts';
import { NewBaseDialog } from './new-base-dialog.tsx';

export function KnowledgePage() {
  const t = useT();
  const { field, settled } = useSearch();
  const [creates, setCreates] = useState(false);
  const list = useKnowledgeBases(settled);
  const mayCreate = useCan('knowledge.create');
  const rows = list.data ?? [];
  const isEmpty = list.data !== undefined && rows.length === 0 && settled === '';
  const button = mayCreate && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setCreates(true)} data-testid="new-base">
      {t(knowledgeText.new)}
    </Button>
  );
  return (
    <Page
      title={t(knowledgeText.title)}
      description={t(knowledgeText.description)}
      actions={!isEmpty && button}
    >
      <ListFrame
        query={list}
        count={rows.length}
        empty={<Nothing search={settled} button={button} />}
        filters={<SearchField label={t(knowledgeText.search)} {...field} />}
      >
        <ListTable
          columns={[
            { label: t(common.name) },
            { label: t(knowledgeText.documents), width: { base: 130, sm: 220 } },
            { label: t(knowledgeText.passages), width: 110, visibleFrom: 'sm' },
            { label: t(knowledgeText.updated), width: 160, visibleFrom: 'md' },
          ]}
        >
          {rows.map((base) => (
            <Row key={base.id} base={base} />
          ))}
        </ListTable>
      </ListFrame>
      <NewBaseDialog opened={creates} onClose={() => setCreates(false)} />
    </Page>
  );
}

function Nothing({ search, button }: { search: string; button: React.ReactNode }) {
  const t = useT();
  if (search)
    return (
      <TeachingEmpty icon={<IconSearch />} title={t(knowledgeText.noMatch, { search })}>
        {t(knowledgeText.noMatchText)}
      </TeachingEmpty>
    );
  if (!button)
    return (
      <TeachingEmpty icon={<IconBooks />} title={t(knowledgeText.noneTitle)}>
        {t(knowledgeText.noneText)}
      </TeachingEmpty>
    );
  return (
    <TeachingEmpty icon={<IconBooks />} title={t(knowledgeText.emptyTitle)} actions={button}>
      {t(knowledgeText.emptyText)}
    </TeachingEmpty>
  );
}

function Row({ base }: { base: KnowledgeBaseShown }) {
  const t = useT();
  const { id, name, description, documents, chunks, updatedAt } = base;
  const to = `/knowledge/${id}`;
  const row = useRowLink(to);
  return (
    <Table.Tr data-testid="base-row" data-base={id} {...row}>
      <Table.Td>
        <RowName to={to} name={name} description={description} />
      </Table.Td>
      <Table.Td>
        <Group gap="xs">
          <Text size="sm">{documents.all}</Text>
          {documents.busy > 0 && (
            <StateBadge state="running" size="sm" label={t(knowledgeText.busy, { count: documents.busy })} />
          )}
          {documents.failed > 0 && (
            <StateBadge
              state="failed"
              size="sm"
              label={t(knowledgeText.failed, { count: documents.failed })}
            />
          )}
        </Group>
      </Table.Td>
      <Table.Td visibleFrom="sm">{chunks.toLocaleString()}</Table.Td>
      <Table.Td visibleFrom="md">
        <TimeAgo at={updatedAt} />
      </Table.Td>
    </Table.Tr>
  );
}
