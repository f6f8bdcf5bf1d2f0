/** The full address that a mail service hands mail to. */
import { Group, Paper, Text } from '@mantine/core';
import type { GraphNode } from '../../../../../contracts/graph.ts';
import { CopyButton } from '../../../components/copy-button.tsx';
import { inspectorText } from '../../../i18n/inspector.ts';
import { useT } from '../../../i18n/language.ts';
import { useEditor } from '../state/editor-store.ts';

export function MailAddress({ node }: { node: GraphNode }) {
  const t = useT();
  const isPublished = useEditor((state) => state.publishedVersion !== undefined);
  const key = typeof node.parameters.address === 'string' ? node.parameters.address : '';
  const url = `${window.location.origin}/hooks/mail/${key}`;
  return (
    <Paper p="sm" data-testid="mail-url">
      <Group justify="space-between" wrap="nowrap" gap={4}>
        <Text size="xs" fw={600} c="dimmed">
          {t(inspectorText.address)}
        </Text>
        <CopyButton value={url} />
      </Group>
      <Text size="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
        POST {url}
      </Text>
      <Text size="xs" c="dimmed" mt={6}>
        {t(inspectorText.mailAddressHelp)} {!isPublished && t(inspectorText.addressDraft)}
      </Text>
    </Paper>
  );
}
