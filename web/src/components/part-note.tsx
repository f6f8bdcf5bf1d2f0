/** Above items of which the record has the first only: how many there are, and the way to all of them. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { useT } from '../i18n/language.ts';
import { runsText } from '../i18n/runs.ts';
import { ErrorNotice } from './error-notice.tsx';

interface PartNoteProps {
  shown: number;
  total: number;
  /** Left out: these can't be loaded from here. */
  onLoad?: () => void;
  loading?: boolean;
  error?: Error | null;
}

export function PartNote({ shown, total, onLoad, loading = false, error = null }: PartNoteProps) {
  const t = useT();
  return (
    <Stack gap={6} mb="sm" data-testid="part-note">
      <Group gap="xs">
        <Text size="xs" c="dimmed">
          {t(runsText.firstItems, { shown, total })}
        </Text>
        {onLoad && (
          <Button size="compact-xs" variant="light" loading={loading} onClick={onLoad} data-testid="load-all">
            {t(runsText.loadAllItems)}
          </Button>
        )}
      </Group>
      {error && <ErrorNotice error={error} />}
    </Stack>
  );
}
