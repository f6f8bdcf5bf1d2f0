/** The full address of a webhook, and how to call it. */
import { Code, Group, Text } from '@mantine/core';
import type { GraphNode } from '../../../../../contracts/graph.ts';
import { CopyButton } from '../../../components/copy-button.tsx';
import { common } from '../../../i18n/common.ts';
import { useT } from '../../../i18n/language.ts';
import { curl } from '../../../lib/curl.ts';
import { AddressPaper } from './address-paper.tsx';

export function WebhookAddress({ node }: { node: GraphNode }) {
  const t = useT();
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
    <AddressPaper method={method} url={url} testId="webhook-url">
      <Group justify="space-between" wrap="nowrap" gap={4} mt="xs">
        <Text size="xs" fw={600} c="dimmed">
          curl
        </Text>
        <CopyButton value={example} label={t(common.copyAsCurl)} />
      </Group>
      <Code block fz={11}>
        {example}
      </Code>
    </AddressPaper>
  );
}
