/** The full address at which a trigger is reached, to copy, and to open where a person would open it. */
import { Anchor, Group, Paper, Text } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { CopyButton } from '../../../components/copy-button.tsx';
import { inspectorText } from '../../../i18n/inspector.ts';
import { useT } from '../../../i18n/language.ts';
import { useEditor } from '../state/editor-store.ts';

interface AddressPaperProps {
  /** Before the address; left out for a page. */
  method?: string;
  url: string;
  help?: string;
  testId: string;
  /** How to call it. */
  children?: ReactNode;
}

export function AddressPaper({ method, url, help, testId, children }: AddressPaperProps) {
  const t = useT();
  const isPublished = useEditor((state) => state.publishedVersion !== undefined);
  return (
    <Paper p="sm" data-testid={testId}>
      <Group justify="space-between" wrap="nowrap" gap={4}>
        <Text size="xs" fw={600} c="dimmed">
          {t(inspectorText.address)}
        </Text>
        <CopyButton value={url} />
      </Group>
      <Text size="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
        {method} {url}
      </Text>
      {method === undefined && isPublished && (
        <Anchor href={url} target="_blank" rel="noreferrer" size="sm" mt={4} display="inline-flex">
          <Group gap={4} component="span">
            {t(inspectorText.openPage)} <IconExternalLink size={14} aria-hidden />
          </Group>
        </Anchor>
      )}
      {children}
      {(help || !isPublished) && (
        <Text size="xs" c="dimmed" mt={6}>
          {help} {!isPublished && t(inspectorText.addressDraft)}
        </Text>
      )}
    </Paper>
  );
}
