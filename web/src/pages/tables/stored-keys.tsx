/** The keys that automations keep, with their values. */
import { ActionIcon, Code, Table, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconKey, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useDeleteKey, useStoredKeys } from '../../api/tables.ts';
import { useConfirm } from '../../components/confirm.tsx';
import { notifyError } from '../../components/error-notice.tsx';
import { ListFrame, ListTable } from '../../components/list-frame.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { TeachingEmpty } from '../../components/teaching-empty.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { common } from '../../i18n/common.ts';
import { useT } from '../../i18n/language.ts';
import { tablesText } from '../../i18n/tables.ts';

export function StoredKeys({ mayEdit }: { mayEdit: boolean }) {
  const t = useT();
  const [prefix, setPrefix] = useState('');
  const [settled] = useDebouncedValue(prefix, 250);
  const list = useStoredKeys(settled);
  const remove = useDeleteKey();
  const [ask, dialog] = useConfirm();
  const rows = list.data ?? [];
  const askDelete = (key: string) =>
    ask({
      title: t(tablesText.deleteTitle, { name: key }),
      text: t(tablesText.deleteKeyText),
      action: t(common.delete),
      onYes: () => remove.mutate(key, { onError: notifyError }),
    });
  return (
    <>
      <ListFrame
        query={list}
        count={rows.length}
        empty={
          <TeachingEmpty icon={<IconKey />} title={t(tablesText.keysEmptyTitle)}>
            {t(tablesText.keysEmptyText)}
          </TeachingEmpty>
        }
        filters={<SearchField label={t(tablesText.prefix)} value={prefix} onChange={setPrefix} />}
      >
        <ListTable
          columns={[
            { label: t(tablesText.key) },
            { label: t(tablesText.value) },
            { label: t(tablesText.expires), width: 150, visibleFrom: 'sm' },
            { label: t(common.more), width: 60, unlabelled: true },
          ]}
        >
          {rows.map(({ key, value, expiresAt }) => (
            <Table.Tr key={key}>
              <Table.Td>
                <Text truncate title={key}>
                  {key}
                </Text>
              </Table.Td>
              <Table.Td style={{ overflow: 'hidden' }}>
                <Code style={{ whiteSpace: 'nowrap' }}>{JSON.stringify(value).slice(0, 200)}</Code>
              </Table.Td>
              <Table.Td visibleFrom="sm">
                {expiresAt ? <TimeAgo at={expiresAt} /> : t(tablesText.never)}
              </Table.Td>
              <Table.Td>
                {mayEdit && (
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={t(tablesText.deleteKey, { key })}
                    onClick={() => askDelete(key)}
                  >
                    <IconTrash size={16} />
                  </ActionIcon>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </ListTable>
      </ListFrame>
      {dialog}
    </>
  );
}
