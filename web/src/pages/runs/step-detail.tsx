/** One step: what came in, what went out, how it went. */
import { Alert, Anchor, Box, Code, Group, Select, Stack, Table, Tabs, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { findNodeType } from '../../../../contracts/catalogue/index.ts';
import type { GraphNode } from '../../../../contracts/graph.ts';
import { idempotencyKeyOf } from '../../../../contracts/run.ts';
import { useStepOutputs } from '../../api/runs.ts';
import { CopyId } from '../../components/copy-button.tsx';
import { Duration } from '../../components/duration.tsx';
import { ItemsView } from '../../components/items-view.tsx';
import { NodeIcon } from '../../components/node-icon.tsx';
import { PartNote } from '../../components/part-note.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { nodePorts } from '../../graph/connection.ts';
import {
  inputCount,
  inputItems,
  itemCount,
  type RunOverlay,
  type StepView,
  stepKey,
} from '../../graph/run-overlay.ts';
import { useT } from '../../i18n/language.ts';
import { rerunsText } from '../../i18n/reruns.ts';
import { runsText } from '../../i18n/runs.ts';

type Tab = 'input' | 'output' | 'details';

export interface StepDetailProps {
  overlay: RunOverlay;
  step: StepView;
  node: GraphNode | undefined;
  onSelect(step: string): void;
}

export function StepDetail({ overlay, step, node, onSelect }: StepDetailProps) {
  const t = useT();
  const siblings = overlay.nodes[step.node]?.started ?? 1;
  const [port, setPort] = useState<string>();
  const [tab, setTab] = useState<Tab>();
  const ports = node ? nodePorts(node).outputs : [];
  const filled = Object.entries(step.outputs).find(([, items]) => items.length > 0)?.[0];
  const shownPort = port !== undefined && port in step.outputs ? port : (filled ?? 'main');
  const [asked, setAsked] = useState<string>();
  const all = useStepOutputs(overlay.run, step, asked === stepKey(step.node, step.index));
  const output = all.data?.outputs[shownPort] ?? step.outputs[shownPort] ?? [];
  const outputTotal = itemCount(step, shownPort);
  const input = inputItems(overlay, step);
  const inputTotal = inputCount(overlay, step);
  return (
    <Stack gap={0} h="100%" data-testid="step-detail">
      <Group p="md" pb="xs" gap="sm" wrap="nowrap">
        {node && <NodeIcon type={node.type} size={34} />}
        <Box flex={1} miw={0}>
          <Text fw={650} truncate>
            {node?.name ?? step.node}
          </Text>
          <Text size="xs" c="dimmed">
            {node && t(findNodeType(node.type)?.label ?? { en: node.type, pt: node.type })}
          </Text>
        </Box>
        {siblings > 1 && (
          <Select
            size="xs"
            w={92}
            searchable
            limit={200}
            aria-label={t(runsText.iteration)}
            value={String(step.index)}
            data={Array.from({ length: siblings }, (_, index) => ({
              value: String(index),
              label: `#${index}`,
            }))}
            onChange={(value) => value !== null && onSelect(stepKey(step.node, Number(value)))}
            allowDeselect={false}
          />
        )}
        <StateBadge state={step.state} />
      </Group>
      {step.reusedFrom !== undefined && (
        <Text size="xs" c="dimmed" px="md" pb="xs" data-testid="reused">
          <Anchor component={Link} to={`/runs/${step.reusedFrom}`} size="xs">
            {t(rerunsText.reused, { run: step.reusedFrom })}
          </Anchor>
        </Text>
      )}
      {step.failure && (
        <Alert color="red" icon={<IconAlertTriangle />} mx="md" mb="xs" title={step.failure.message}>
          {step.failure.hint}
          {step.failure.details !== undefined && (
            <Code block mt="xs">
              {JSON.stringify(step.failure.details, null, 2)}
            </Code>
          )}
        </Alert>
      )}
      <Tabs
        value={tab ?? firstTab(step)}
        onChange={(value) => setTab(value as Tab)}
        flex={1}
        mih={0}
        style={{ display: 'flex', flexDirection: 'column' }}
      >
        <Tabs.List px="md">
          <Tabs.Tab value="input">{t(runsText.input)}</Tabs.Tab>
          <Tabs.Tab value="output">{t(runsText.output)}</Tabs.Tab>
          <Tabs.Tab value="details">{t(runsText.details)}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="input" flex={1} mih={240}>
          <ItemsView
            title={t(runsText.input)}
            items={input}
            total={inputTotal}
            empty={t(runsText.noItems)}
            testId="step-input"
          >
            {input.length < inputTotal && <PartNote shown={input.length} total={inputTotal} />}
          </ItemsView>
        </Tabs.Panel>
        <Tabs.Panel value="output" flex={1} mih={240}>
          <ItemsView
            title={t(runsText.output)}
            items={output}
            total={Math.max(outputTotal, output.length)}
            empty={t(runsText.noItems)}
            testId="step-output"
            actions={
              ports.length > 1 && (
                <Select
                  size="xs"
                  w={120}
                  aria-label={t(runsText.output)}
                  value={shownPort}
                  data={ports.map(({ name, label }) => ({ value: name, label: t(label) }))}
                  onChange={(value) => setPort(value ?? undefined)}
                  allowDeselect={false}
                />
              )
            }
          >
            {output.length < outputTotal && (
              <PartNote
                shown={output.length}
                total={outputTotal}
                loading={all.isFetching}
                error={all.error}
                onLoad={() => (all.error ? void all.refetch() : setAsked(stepKey(step.node, step.index)))}
              />
            )}
          </ItemsView>
        </Tabs.Panel>
        <Tabs.Panel value="details" p="md">
          <Table variant="vertical" layout="fixed" withTableBorder>
            <Table.Tbody>
              <Fact label={t(runsText.started)}>
                <TimeAgo at={step.startedAt} />
              </Fact>
              <Fact label={t(runsText.duration)}>
                <Duration from={step.startedAt} to={step.finishedAt} />
              </Fact>
              {step.until !== undefined && (
                <Fact label={t(runsText.until)}>
                  <TimeAgo at={step.until} />
                </Fact>
              )}
              <Fact label={t(runsText.attempts)}>{step.attempts}</Fact>
              <Fact label={t(runsText.idempotencyKey)}>
                <CopyId id={step.key ?? idempotencyKeyOf(overlay.run, step.node, step.index)} />
              </Fact>
            </Table.Tbody>
          </Table>
          {step.logs && step.logs.length > 0 && (
            <>
              <Text fw={600} size="sm" mt="md" mb={4}>
                {t(runsText.logs)}
              </Text>
              <Code block>{step.logs.join('\n')}</Code>
            </>
          )}
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}

/** Until the person chooses: where there is something to see. What failed or waits has given nothing yet. */
function firstTab(step: StepView): Tab {
  if (step.state === 'failed') return 'input';
  return step.state === 'waiting' ? 'details' : 'output';
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <Table.Tr>
      <Table.Th w={150}>{label}</Table.Th>
      <Table.Td>{children}</Table.Td>
    </Table.Tr>
  );
}
