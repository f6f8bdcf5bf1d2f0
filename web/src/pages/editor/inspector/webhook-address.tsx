/** The full address of a webhook, and how to call it. */
import { Code, Group, Paper, Text } from '@mantine/core';
import type { GraphNode } from '../../../../../contracts/graph.ts';
import { CopyButton } from '../../../components/copy-button.tsx';
import { common } from '../../../i18n/common.ts';
import { inspectorText } from '../../../i18n/inspector.ts';
import { useT } from '../../../i18n/language.ts';
import { curl } from '../../../lib/curl.ts';
import { useEditor } from '../state/editor-store.ts';

export function WebhookAddress({ node }: { node: GraphNode }) {
  const t = useT();
  const isPublished = useEditor((state) => state.publishedVersion !== undefined);
  const path = typeof node.parameters.path === 'string' ? node.parameters.path : '';
  const method = typeof node.parameters.method === 'string' ? node.parameters.method : 'POST';
  const url = `${window.location.origin}/hooks/${path}`;
  const example = curl({
    method,
    url,
    authorized: false,
    ...(method !== 'GET' && { body: { amount: 120 } }),
  });
  return (
    <Paper p="sm" data-testid="webhook-url">
      <Group justify="space-between" wrap="nowrap" gap={4}>
        <Text size="xs" fw={600} c="dimmed">
          {t(inspectorText.address)}
        </Text>
        <CopyButton value={url} />
      </Group>
      <Text size="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
        {method} {url}
      </Text>
      <Group justify="space-between" wrap="nowrap" gap={4} mt="xs">
        <Text size="xs" fw={600} c="dimmed">
          curl
        </Text>
        <CopyButton value={example} label={t(common.copyAsCurl)} />
      </Group>
      <Code block fz={11}>
        {example}
      </Code>
      {!isPublished && (
        <Text size="xs" c="dimmed" mt={6}>
          {t(inspectorText.addressDraft)}
        </Text>
      )}
    </Paper>
  );
}
