/** One knowledge base: its documents, a console to search it, its settings. */
import { Tabs } from '@mantine/core';
import { useParams, useSearchParams } from 'react-router';
import type { KnowledgeBaseShown } from '../../../../contracts/api/knowledge.ts';
import { sharedBase, useKnowledgeBase } from '../../api/knowledge.ts';
import { useCan } from '../../api/session.ts';
import { Page } from '../../components/page.tsx';
import { knowledgeText } from '../../i18n/knowledge.ts';
import { useT } from '../../i18n/language.ts';
import { PendingPage } from '../pending-page.tsx';
import { BaseMenu } from './base-menu.tsx';
import { DocumentsTab } from './documents-tab.tsx';
import { SearchTab } from './search-tab.tsx';
import { SettingsTab } from './settings-tab.tsx';

export function BasePage() {
  const { id = '' } = useParams();
  const t = useT();
  const base = useKnowledgeBase(id);
  if (base.data) return <Base key={id} base={base.data} />;
  return <PendingPage query={base} title={t(knowledgeText.title)} />;
}

function Base({ base }: { base: KnowledgeBaseShown }) {
  const t = useT();
  const [address, setAddress] = useSearchParams();
  const mayEdit = useCan('knowledge.edit', sharedBase(base));
  const tab = address.get('tab') ?? 'documents';
  return (
    <Page
      back={{ to: '/knowledge', label: t(knowledgeText.title) }}
      title={base.name}
      description={base.description || undefined}
      actions={<BaseMenu base={base} />}
    >
      <Tabs
        value={tab}
        onChange={(value) => setAddress(value && value !== 'documents' ? { tab: value } : {})}
        keepMounted={false}
      >
        <Tabs.List mb="lg">
          <Tabs.Tab value="documents">{t(knowledgeText.documents)}</Tabs.Tab>
          <Tabs.Tab value="search">{t(knowledgeText.searchTab)}</Tabs.Tab>
          {mayEdit && <Tabs.Tab value="settings">{t(knowledgeText.settings)}</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="documents">
          <DocumentsTab base={base} />
        </Tabs.Panel>
        <Tabs.Panel value="search">
          <SearchTab base={base.id} retrieval={base.retrieval} />
        </Tabs.Panel>
        {mayEdit && (
          <Tabs.Panel value="settings">
            <SettingsTab base={base} />
          </Tabs.Panel>
        )}
      </Tabs>
    </Page>
  );
}
