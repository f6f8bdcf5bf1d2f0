/** One's own API keys in the active workspace, for the profile page. */
import { Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useKeys } from '../../../api/keys.ts';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { keysText } from '../../../i18n/keys.ts';
import { useT } from '../../../i18n/language.ts';
import { CreateKeyDialog } from './create-key-dialog.tsx';
import { KeyRows } from './key-rows.tsx';

export function PersonalKeys() {
  const t = useT();
  const keys = useKeys('personal');
  const [creates, setCreates] = useState(false);
  return (
    <Stack>
      {keys.error && <ErrorNotice error={keys.error} onRetry={keys.refetch} />}
      {keys.isPending && <Skeleton height={80} />}
      {keys.data?.length === 0 && (
        <Text size="sm" c="dimmed">
          {t(keysText.emptyPersonal)}
        </Text>
      )}
      {keys.data && keys.data.length > 0 && <KeyRows of="personal" keys={keys.data} />}
      <Group>
        <Button
          size="sm"
          variant="default"
          leftSection={<IconPlus size={16} />}
          onClick={() => setCreates(true)}
          data-testid="new-personal-key"
        >
          {t(keysText.newPersonal)}
        </Button>
      </Group>
      <CreateKeyDialog of="personal" opened={creates} onClose={() => setCreates(false)} />
    </Stack>
  );
}
