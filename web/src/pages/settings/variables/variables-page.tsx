/** Workspace variables, changed where they stand. */
import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconBraces, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useCan } from '../../../api/session.ts';
import { useVariables } from '../../../api/variables.ts';
import { ListFrame, ListTable } from '../../../components/list-frame.tsx';
import { Page } from '../../../components/page.tsx';
import { TeachingEmpty } from '../../../components/teaching-empty.tsx';
import { common } from '../../../i18n/common.ts';
import { useT } from '../../../i18n/language.ts';
import { variablesText } from '../../../i18n/variables.ts';
import { NewVariableDialog } from './new-variable-dialog.tsx';
import { VariableRow } from './variable-row.tsx';

export function VariablesPage() {
  const t = useT();
  const variables = useVariables();
  const mayEdit = useCan('variable.edit');
  const [creates, setCreates] = useState(false);
  const isPhone = useMediaQuery('(max-width: 48em)');
  const rows = variables.data ?? [];
  const button = mayEdit && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setCreates(true)} data-testid="new-variable">
      {t(variablesText.new)}
    </Button>
  );
  return (
    <Page
      title={t(variablesText.title)}
      description={t(variablesText.description)}
      actions={rows.length > 0 && button}
    >
      <ListFrame
        query={variables}
        count={rows.length}
        empty={
          <TeachingEmpty icon={<IconBraces />} title={t(variablesText.emptyTitle)} actions={button}>
            {t(variablesText.emptyText)}
          </TeachingEmpty>
        }
      >
        <ListTable
          columns={[
            { label: t(variablesText.name), ...(!isPhone && { width: 280 }) },
            ...(isPhone ? [] : [{ label: t(variablesText.value) }]),
            { label: t(variablesText.changed), width: 150, visibleFrom: 'md' },
            { label: t(common.more), width: 96, unlabelled: true },
          ]}
        >
          {rows.map((variable) => (
            <VariableRow key={variable.name} variable={variable} mayEdit={mayEdit} stacked={isPhone} />
          ))}
        </ListTable>
      </ListFrame>
      <NewVariableDialog
        opened={creates}
        onClose={() => setCreates(false)}
        taken={rows.map(({ name }) => name)}
      />
    </Page>
  );
}
