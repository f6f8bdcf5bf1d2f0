/** Models: who provides them, in which order they are asked, what they cost and how much of it was used. */
import { Tabs } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useSearchParams } from 'react-router';
import { useCan } from '../../api/session.ts';
import { Page } from '../../components/page.tsx';
import { useT } from '../../i18n/language.ts';
import { modelsText } from '../../i18n/models.ts';
import { BudgetsTab } from './budgets-tab.tsx';
import { ChainsTab } from './chains-tab.tsx';
import { PricesTab } from './prices-tab.tsx';
import { ProvidersTab } from './providers-tab.tsx';

/** Brings the charts. */
const UsageTab = lazy(async () => ({ default: (await import('./usage-tab.tsx')).UsageTab }));

export function ModelsPage() {
  const t = useT();
  const seesUsage = useCan('model.usage');
  const [search, setSearch] = useSearchParams();
  const tab = search.get('tab') ?? 'providers';
  return (
    <Page title={t(modelsText.title)} description={t(modelsText.description)}>
      <Tabs
        value={tab}
        onChange={(next) => setSearch(next === 'providers' ? {} : { tab: next ?? '' }, { replace: true })}
        keepMounted={false}
      >
        <Tabs.List mb="lg">
          <Tabs.Tab value="providers">{t(modelsText.providers)}</Tabs.Tab>
          <Tabs.Tab value="chains">{t(modelsText.chains)}</Tabs.Tab>
          <Tabs.Tab value="prices">{t(modelsText.prices)}</Tabs.Tab>
          {seesUsage && <Tabs.Tab value="budgets">{t(modelsText.budgets)}</Tabs.Tab>}
          {seesUsage && <Tabs.Tab value="usage">{t(modelsText.usage)}</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="providers">
          <ProvidersTab />
        </Tabs.Panel>
        <Tabs.Panel value="chains">
          <ChainsTab />
        </Tabs.Panel>
        <Tabs.Panel value="prices">
          <PricesTab />
        </Tabs.Panel>
        {seesUsage && (
          <Tabs.Panel value="budgets">
            <BudgetsTab />
          </Tabs.Panel>
        )}
        {seesUsage && (
          <Tabs.Panel value="usage">
            <Suspense>
              <UsageTab />
            </Suspense>
          </Tabs.Panel>
        )}
      </Tabs>
    </Page>
  );
}
