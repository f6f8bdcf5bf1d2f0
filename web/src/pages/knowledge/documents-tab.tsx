/** The documents of a knowledge base, and how they are taken in: looked at while any of them is. */
import { Menu, Stack, Table, Text } from '@mantine/core';
import { IconFileText, IconRefresh, IconSearch, IconTrash } from '@tabler/icons-react';
import type { KnowledgeBaseShown, KnowledgeDocumentShown } from '../../../../contracts/api/knowledge.ts';
import { sharedBase, useDeleteDocument, useDocuments, useSyncDocument } from '../../api/knowledge.ts';
import { useCan } from '../../api/session.ts';
import { useConfirm } from '../../components/confirm.tsx';
import { notifyDone, notifyError } from '../../components/error-notice.tsx';
import { ListFrame, ListTable } from '../../components/list-frame.tsx';
import { MoreMenu } from '../../components/more-menu.tsx';
import { RowName } from '../../components/row-name.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { TeachingEmpty } from '../../components/teaching-empty.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { useRowLink } from '../../components/use-row-link.ts';
import { useSearch } from '../../components/use-search.ts';
import { common } from '../../i18n/common.ts';
import { knowledgeText } from '../../i18n/knowledge.ts';
import { currentLanguage, htmlLanguage, useT } from '../../i18n/language.ts';
import { fileSize } from '../../lib/file-size.ts';
import { AddDocuments } from './add-documents.tsx';
import { DocumentState } from './document-state.tsx';

export function DocumentsTab({ base }: { base: KnowledgeBaseShown }) {
  const t = useT();
  const { field, settled } = useSearch();
  const list = useDocuments(base.id, settled);
  const mayEdit = useCan('knowledge.edit', sharedBase(base));
  const rows = list.data ?? [];
  return (
    <Stack gap="lg">
      {mayEdit && <AddDocuments base={base.id} />}
      <ListFrame
        query={list}
        count={rows.length}
        empty={
          <TeachingEmpty
            icon={settled ? <IconSearch /> : <IconFileText />}
            title={
              settled ? t(knowledgeText.noMatch, { search: settled }) : t(knowledgeText.noDocumentsTitle)
            }
          >
            {t(settled ? knowledgeText.noMatchText : knowledgeText.noDocumentsText)}
          </TeachingEmpty>
        }
        filters={<SearchField label={t(knowledgeText.searchDocuments)} {...field} />}
      >
        <ListTable
          columns={[
            { label: t(knowledgeText.document) },
            { label: t(knowledgeText.state), width: { base: 150, sm: 300 } },
            { label: t(knowledgeText.passages), width: 100, visibleFrom: 'sm' },
            { label: t(knowledgeText.synced), width: 150, visibleFrom: 'md' },
            { label: t(common.more), width: 64, unlabelled: true },
          ]}
        >
          {rows.map((document) => (
            <Row key={document.id} document={document} mayEdit={mayEdit} />
          ))}
        </ListTable>
      </ListFrame>
    </Stack>
  );
}

function Row({ document, mayEdit }: { document: KnowledgeDocumentShown; mayEdit: boolean }) {
  const { id, base, name, chunks, syncedAt } = document;
  const to = `/knowledge/${base}/documents/${id}`;
  const row = useRowLink(to);
  return (
    <Table.Tr data-testid="document-row" data-document={id} {...row}>
      <Table.Td>
        <RowName to={to} name={name} />
        <Facts document={document} />
      </Table.Td>
      <Table.Td>
        <DocumentState document={document} />
      </Table.Td>
      <Table.Td visibleFrom="sm">{chunks.toLocaleString()}</Table.Td>
      <Table.Td visibleFrom="md">{syncedAt && <TimeAgo at={syncedAt} />}</Table.Td>
      <Table.Td>{mayEdit && <DocumentMenu document={document} />}</Table.Td>
    </Table.Tr>
  );
}

function Facts({ document: { source, type, bytes, pages, name } }: { document: KnowledgeDocumentShown }) {
  const t = useT();
  const facts = [
    source.kind === 'url' && source.url !== name && source.url,
    type?.toUpperCase(),
    bytes !== undefined && fileSize(bytes, htmlLanguage(currentLanguage())),
    pages !== undefined && t(knowledgeText.pages, { count: pages }),
  ].filter((fact) => typeof fact === 'string');
  return (
    <Text size="sm" c="dimmed" truncate>
      {facts.join(' · ')}
    </Text>
  );
}

function DocumentMenu({ document: { id, base, name } }: { document: KnowledgeDocumentShown }) {
  const t = useT();
  const [ask, dialog] = useConfirm();
  const sync = useSyncDocument(base);
  const remove = useDeleteDocument(base);
  const askDelete = () =>
    ask({
      title: t(knowledgeText.deleteTitle, { name }),
      text: t(knowledgeText.deleteDocumentText),
      action: t(common.delete),
      onYes: () =>
        remove.mutate(id, {
          onError: notifyError,
          onSuccess: () => notifyDone(t(knowledgeText.deleted, { name })),
        }),
    });
  return (
    <>
      <MoreMenu label={t(knowledgeText.actions, { name })} testId="document-menu">
        <Menu.Item
          leftSection={<IconRefresh size={16} />}
          onClick={() => sync.mutate(id, { onError: notifyError })}
        >
          {t(knowledgeText.sync)}
        </Menu.Item>
        <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={askDelete}>
          {t(common.delete)}
        </Menu.Item>
      </MoreMenu>
      {dialog}
    </>
  );
}
