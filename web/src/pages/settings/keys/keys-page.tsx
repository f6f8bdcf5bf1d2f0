/** API keys of the workspace: service accounts, and everybody's personal ones. */
import { Anchor, Button, Text } from '@mantine/core';
import { IconKey, IconPlugConnected, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useKeys } from '../../../api/keys.ts';
import { useCan } from '../../../api/session.ts';
import { ListFrame } from '../../../components/list-frame.tsx';
import { OtherProgramsDialog } from '../../../components/other-programs/other-programs-dialog.tsx';
import { Page } from '../../../components/page.tsx';
import { TeachingEmpty } from '../../../components/teaching-empty.tsx';
import { keysText } from '../../../i18n/keys.ts';
import { useT } from '../../../i18n/language.ts';
import { otherProgramsText } from '../../../i18n/other-programs.ts';
import { profileText } from '../../../i18n/profile.ts';
import { CreateKeyDialog } from './create-key-dialog.tsx';
import { KeyRows } from './key-rows.tsx';

export function KeysPage() {
  const t = useT();
  const keys = useKeys('workspace');
  const mayCreate = useCan('key.manage');
  const [creates, setCreates] = useState(false);
  const [shows, setShows] = useState(false);
  const rows = keys.data ?? [];
  const button = mayCreate && (
    <Button
      leftSection={<IconPlus size={16} />}
      onClick={() => setCreates(true)}
      data-testid="new-service-key"
    >
      {t(keysText.newService)}
    </Button>
  );
  return (
    <Page
      title={t(keysText.title)}
      description={t(keysText.description)}
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconPlugConnected size={16} />}
            onClick={() => setShows(true)}
            data-testid="other-programs"
          >
            {t(otherProgramsText.title)}
          </Button>
          {rows.length > 0 && button}
        </>
      }
    >
      <Text size="sm" c="dimmed" mb="md">
        {t(keysText.yoursElsewhere)}{' '}
        <Anchor component={Link} to="/profile" inherit>
          {t(profileText.title)}
        </Anchor>
      </Text>
      <ListFrame
        query={keys}
        count={rows.length}
        empty={
          <TeachingEmpty icon={<IconKey />} title={t(keysText.emptyTitle)} actions={button}>
            {t(keysText.emptyText)}
          </TeachingEmpty>
        }
      >
        <KeyRows of="workspace" keys={rows} />
      </ListFrame>
      <CreateKeyDialog of="workspace" opened={creates} onClose={() => setCreates(false)} />
      <OtherProgramsDialog opened={shows} onClose={() => setShows(false)} />
    </Page>
  );
}
