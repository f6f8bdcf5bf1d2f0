/** Something that is shown this once and never again, to be copied. */
import { Alert, Button, CopyButton, Group, Paper, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy, IconEyeOff } from '@tabler/icons-react';
import { common } from '../i18n/common.ts';
import { useT } from '../i18n/language.ts';

export interface CopyOnceProps {
  value: string;
  /** Why it has to be copied now. */
  why: string;
  testId: string;
}

export function CopyOnce({ value, why, testId }: CopyOnceProps) {
  const t = useT();
  return (
    <Stack gap="sm">
      <Alert color="yellow" variant="light" icon={<IconEyeOff />}>
        {why}
      </Alert>
      <Paper p="sm" bg="var(--mantine-color-default-hover)">
        <Group wrap="nowrap" justify="space-between" align="flex-start">
          <Text
            ff="monospace"
            size="sm"
            data-testid={testId}
            style={{ overflowWrap: 'anywhere', userSelect: 'all' }}
          >
            {value}
          </Text>
          <CopyButton value={value}>
            {({ copied, copy }) => (
              <Button
                size="xs"
                onClick={copy}
                data-autofocus
                style={{ flexShrink: 0 }}
                leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
              >
                {t(copied ? common.copied : common.copy)}
              </Button>
            )}
          </CopyButton>
        </Group>
      </Paper>
    </Stack>
  );
}
