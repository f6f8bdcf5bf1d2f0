/** Under a webhook or form: listening for one test call of the draft, where to call, and what came. */
import { Anchor, Button, Group, Loader, Paper, Stack, Text } from '@mantine/core';
import { IconAntenna, IconCheck, IconExternalLink, IconPin } from '@tabler/icons-react';
import { useStore } from 'zustand';
import type { TestListener } from '../../../../../contracts/api/test-listeners.ts';
import type { GraphNode } from '../../../../../contracts/graph.ts';
import type { Item } from '../../../../../contracts/item.ts';
import { CopyButton } from '../../../components/copy-button.tsx';
import { TimeAgo } from '../../../components/time-ago.tsx';
import { latestStep } from '../../../graph/run-overlay.ts';
import { useScene } from '../../../graph/scene.ts';
import { common } from '../../../i18n/common.ts';
import { useLanguage, useT } from '../../../i18n/language.ts';
import { testCallText } from '../../../i18n/test-calls.ts';
import { curl } from '../../../lib/curl.ts';
import { useEditorStore, useGraph, useReadOnly } from '../state/editor-store.ts';
import { pinData } from '../state/graph-edits.ts';
import { type TestCalls, useTestCallsHere } from '../state/use-test-calls.ts';

export function TestCall({ node }: { node: GraphNode }) {
  const t = useT();
  const calls = useTestCallsHere();
  if (!calls) return null;
  const listener = calls.listener?.node === node.id ? calls.listener : undefined;
  return (
    <Paper p="sm" data-testid="test-call" data-state={listener?.state ?? 'idle'}>
      <Text size="xs" fw={600} c="dimmed" mb={6}>
        {t(testCallText.title)}
      </Text>
      <Stack gap="xs">
        {listener?.state === 'listening' && <Listening listener={listener} />}
        {listener?.state === 'called' && <Called node={node} listener={listener} />}
        {listener?.state === 'over' && <Text size="sm">{t(testCallText.over)}</Text>}
        {!listener && (
          <Text size="sm" c="dimmed">
            {t(testCallText.help)}
          </Text>
        )}
        <Controls node={node} calls={calls} listener={listener} />
      </Stack>
    </Paper>
  );
}

function Controls({
  node,
  calls,
  listener,
}: {
  node: GraphNode;
  calls: TestCalls;
  listener: TestListener | undefined;
}) {
  const t = useT();
  if (listener?.state === 'listening')
    return (
      <Button size="xs" variant="default" onClick={calls.stop} data-testid="test-stop">
        {t(testCallText.cancel)}
      </Button>
    );
  return (
    <Button
      size="xs"
      variant="light"
      leftSection={<IconAntenna size={15} />}
      loading={calls.isStarting}
      onClick={() => calls.listen(node.id)}
      data-testid="test-listen"
    >
      {t(listener ? testCallText.again : testCallText.listen)}
    </Button>
  );
}

function Listening({ listener: { kind, method, url, until } }: { listener: TestListener }) {
  const t = useT();
  const language = useLanguage();
  const time = new Date(until).toLocaleTimeString(language === 'pt' ? 'pt-BR' : 'en-GB', {
    hour: '2-digit',
    minute: '2-digit',
  });
  const example = curl({
    ...{ method: method ?? 'POST', url, authorized: false },
    ...(method !== 'GET' && { body: { amount: 120 } }),
  });
  return (
    <>
      <Group gap="xs" wrap="nowrap" role="status">
        <Loader size="xs" />
        <Text size="sm">{t(testCallText.waiting, { time })}</Text>
      </Group>
      <Group justify="space-between" wrap="nowrap" gap={4} align="start">
        <Text size="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }} data-testid="test-url">
          {method} {url}
        </Text>
        <Group gap={2} wrap="nowrap">
          <CopyButton value={url} />
          {kind === 'webhook' && <CopyButton value={example} label={t(common.copyAsCurl)} />}
        </Group>
      </Group>
      {kind === 'form' && (
        <Anchor href={url} target="_blank" rel="noreferrer" size="sm">
          {t(testCallText.openForm)} <IconExternalLink size={13} />
        </Anchor>
      )}
    </>
  );
}

function Called({ node, listener }: { node: GraphNode; listener: TestListener }) {
  const t = useT();
  const readOnly = useReadOnly();
  const store = useEditorStore();
  const pinned = useGraph().pinnedData[node.id];
  const came = useStore(useScene().store, ({ overlay }): readonly Item[] | undefined =>
    overlay?.run === listener.run ? latestStep(overlay, node.id)?.outputs.main : undefined,
  );
  return (
    <>
      <Group gap="xs" wrap="nowrap" role="status">
        <IconCheck size={16} color="var(--mantine-color-green-6)" />
        <Text size="sm">{t(testCallText.called)}</Text>
        {listener.calledAt && <TimeAgo at={listener.calledAt} />}
      </Group>
      {pinned && (
        <Text size="sm" c="dimmed">
          {t(testCallText.pinned)}
        </Text>
      )}
      {!pinned && !readOnly && (
        <Button
          size="xs"
          leftSection={<IconPin size={15} />}
          disabled={!came}
          onClick={() => came && store.getState().edit((graph) => pinData(graph, node.id, came))}
          data-testid="test-pin"
        >
          {t(testCallText.pin)}
        </Button>
      )}
    </>
  );
}
