/** Recovery codes, shown once: to copy, to download, and to confirm that they were kept. */
import { Alert, Button, Code, CopyButton, Group, SimpleGrid, Stack } from '@mantine/core';
import { IconCheck, IconCopy, IconDownload, IconInfoCircle } from '@tabler/icons-react';
import { common } from '../../i18n/common.ts';
import { useT } from '../../i18n/language.ts';
import { profileText } from '../../i18n/profile.ts';
import { downloadText } from '../../lib/download-text.ts';

export function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept(): void }) {
  const t = useT();
  const lines = `${codes.join('\n')}\n`;
  return (
    <Stack data-testid="recovery-codes">
      <Alert color="yellow" variant="light" icon={<IconInfoCircle />}>
        {t(profileText.recoveryHelp)}
      </Alert>
      <SimpleGrid cols={2} spacing="xs" verticalSpacing="xs">
        {codes.map((code) => (
          <Code key={code} fz="sm" ta="center" py={6}>
            {code}
          </Code>
        ))}
      </SimpleGrid>
      <Group gap="xs">
        <CopyButton value={lines}>
          {({ copied, copy }) => (
            <Button
              size="xs"
              variant="default"
              onClick={copy}
              leftSection={copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
            >
              {t(copied ? common.copied : profileText.copyCodes)}
            </Button>
          )}
        </CopyButton>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={15} />}
          onClick={() => downloadText('hiviex-recovery-codes.txt', lines)}
        >
          {t(profileText.download)}
        </Button>
      </Group>
      <Button onClick={onKept} data-testid="kept-codes">
        {t(profileText.keptThem)}
      </Button>
    </Stack>
  );
}
