import { ActionIcon, Badge, Group, Stack, Table, Text, Tooltip } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useModelPrices, useModelProviders, useRemovePrice } from '../../api/models.ts';
import { useCan } from '../../api/session.ts';
import { notifyError } from '../../components/error-notice.tsx';
import { ListFrame, ListTable } from '../../components/list-frame.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { useLanguage, useT } from '../../i18n/language.ts';
import { modelsText } from '../../i18n/models.ts';
import { money } from '../../lib/money.ts';
import { type EditedPrice, PriceDialog } from './price-dialog.tsx';
import { AddButton, TabHead } from './tab-head.tsx';

type PriceRow = Required<EditedPrice> & { isOwn: boolean };

export function PricesTab() {
  const t = useT();
  const language = useLanguage();
  const prices = useModelPrices();
  const providers = useModelProviders();
  const mayManage = useCan('model.manage');
  const remove = useRemovePrice();
  const [search, setSearch] = useState('');
  const [edited, setEdited] = useState<EditedPrice>();
  const { items = [], known = [], knownAsOf = '' } = prices.data ?? {};
  const own: PriceRow[] = items.map((price) => ({ ...price, isOwn: true }));
  // What the workspace says of every provider takes the list's place.
  const listed = known.filter(
    ({ model }) => !items.some((each) => each.provider === '' && each.model === model),
  );
  const all = [...own, ...listed.map((price): PriceRow => ({ ...price, provider: '', isOwn: false }))];
  const rows = all.filter(({ model }) => model.toLowerCase().includes(search.trim().toLowerCase()));
  const providerName = (id: string) =>
    id === '' ? t(modelsText.everyProvider) : (providers.data?.find((each) => each.id === id)?.name ?? id);
  return (
    <Stack>
      <TabHead
        help={t(modelsText.pricesHelp, { asOf: knownAsOf })}
        add={
          mayManage && (
            <AddButton label={t(modelsText.setPrice)} onClick={() => setEdited({})} testId="price-add" />
          )
        }
      />
      <ListFrame
        query={prices}
        count={rows.length}
        empty={<Text c="dimmed">{t(modelsText.noModels)}</Text>}
        filters={<SearchField label={t(modelsText.searchModels)} value={search} onChange={setSearch} />}
      >
        <ListTable
          columns={[
            { label: t(modelsText.model) },
            { label: t(modelsText.input), width: { base: 84, sm: 110 } },
            { label: t(modelsText.cached), width: 130, visibleFrom: 'sm' },
            { label: t(modelsText.output), width: { base: 84, sm: 110 } },
            ...(mayManage ? [{ label: t(modelsText.actions), width: 90, unlabelled: true }] : []),
          ]}
        >
          {rows.map((row) => (
            <Table.Tr key={`${row.isOwn}${row.provider}${row.model}`} data-testid="price-row">
              <Table.Td>
                <Group gap={6} wrap="nowrap">
                  <Text size="sm" truncate>
                    {row.model}
                  </Text>
                  <Badge
                    size="xs"
                    variant="light"
                    color={row.isOwn ? undefined : 'gray'}
                    style={{ flexShrink: 0 }}
                  >
                    {t(row.isOwn ? modelsText.own : modelsText.listed)}
                  </Badge>
                </Group>
                {row.isOwn && (
                  <Text size="xs" c="dimmed" truncate>
                    {providerName(row.provider)}
                  </Text>
                )}
              </Table.Td>
              <Table.Td>{money(row.input, language)}</Table.Td>
              <Table.Td visibleFrom="sm">{money(row.cached, language)}</Table.Td>
              <Table.Td>{money(row.output, language)}</Table.Td>
              {mayManage && (
                <Table.Td>
                  <Group gap={2} justify="flex-end" wrap="nowrap">
                    <Tooltip label={t(modelsText.setPrice)}>
                      <ActionIcon aria-label={t(modelsText.setPrice)} onClick={() => setEdited(row)}>
                        <IconPencil size={16} />
                      </ActionIcon>
                    </Tooltip>
                    {row.isOwn && (
                      <Tooltip label={t(modelsText.forget)}>
                        <ActionIcon
                          aria-label={t(modelsText.forget)}
                          onClick={() =>
                            remove.mutate(
                              { provider: row.provider, model: row.model },
                              { onError: notifyError },
                            )
                          }
                        >
                          <IconTrash size={16} />
                        </ActionIcon>
                      </Tooltip>
                    )}
                  </Group>
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </ListTable>
      </ListFrame>
      <PriceDialog price={edited} onClose={() => setEdited(undefined)} />
    </Stack>
  );
}
