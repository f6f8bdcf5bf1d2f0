/** Two graphs side by side, with what differs marked on both and listed below. Colour is never the only sign: the list has words. */
import { Badge, Box, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { findNodeType } from '../../../contracts/catalogue/index.ts';
import { fieldsOf } from '../../../contracts/field.ts';
import type { Graph } from '../../../contracts/graph.ts';
import { diffGraphs, isSameWork, type NodeChange } from '../../../contracts/graph-diff.ts';
import { GraphView } from '../graph/graph-view.tsx';
import { type Translate, useT } from '../i18n/language.ts';
import { versionsText } from '../i18n/versions.ts';
import { FieldChanges } from './versions/field-changes.tsx';

export interface GraphDiffViewProps {
  before: { title: string; graph: Graph };
  after: { title: string; graph: Graph };
}

const colors: Record<NodeChange['kind'], string> = {
  added: 'green',
  removed: 'red',
  changed: 'yellow',
  moved: 'gray',
};

export function GraphDiffView({ before, after }: GraphDiffViewProps) {
  const t = useT();
  const diff = useMemo(() => diffGraphs(before.graph, after.graph), [before.graph, after.graph]);
  const marks = useMemo(() => new Map(diff.nodes.map(({ id, kind }) => [id, kind])), [diff]);
  const names = new Map([...before.graph.nodes, ...after.graph.nodes].map(({ id, name }) => [id, name]));
  const ends = ({ source, target }: { source: string; target: string }) =>
    `${names.get(source) ?? source} → ${names.get(target) ?? target}`;
  return (
    <Stack data-testid="graph-diff">
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {[before, after].map(({ title, graph }) => (
          <Stack key={title} gap={4}>
            <Text fw={600} size="sm">
              {title}
            </Text>
            <Box
              h="42vh"
              style={{ border: '1px solid var(--mantine-color-default-border)', borderRadius: 8 }}
            >
              <GraphView graph={graph} marks={marks} />
            </Box>
          </Stack>
        ))}
      </SimpleGrid>
      {isSameWork(diff) && <Text size="sm">{t(versionsText.same)}</Text>}
      {diff.nodes.map((change) => (
        <Stack key={change.id} gap={4}>
          <Group gap="xs">
            <Badge variant="light" color={colors[change.kind]} tt="none">
              {t(versionsText[change.kind])}
            </Badge>
            <Text size="sm" fw={600}>
              {change.name}
            </Text>
          </Group>
          {change.kind === 'changed' && (
            <FieldChanges fields={change.fields} labelOf={(field) => fieldLabel(change.type, field, t)} />
          )}
        </Stack>
      ))}
      <Lines title={t(versionsText.edgesAdded)} lines={diff.edges.added.map(ends)} />
      <Lines title={t(versionsText.edgesRemoved)} lines={diff.edges.removed.map(ends)} />
      <Lines title={t(versionsText.pinned)} lines={diff.pinned} />
      {diff.settings.length > 0 && (
        <Stack gap={4}>
          <Text size="sm" fw={600}>
            {t(versionsText.settings)}
          </Text>
          <FieldChanges fields={diff.settings} />
        </Stack>
      )}
    </Stack>
  );
}

/** What the form calls it; what has no name there stays as it is in the graph. */
function fieldLabel(type: string | undefined, field: string, t: Translate): string {
  const nodeType = type === undefined ? undefined : findNodeType(type);
  const [, parameter] = /^parameters\.(\w+)$/.exec(field) ?? [];
  const label = nodeType && fieldsOf(nodeType.parameters).find(({ name }) => name === parameter)?.label;
  return label ? t(label) : field;
}

function Lines({ title, lines }: { title: string; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <Stack gap={2}>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      {lines.map((line) => (
        <Text key={line} size="sm" pl="md">
          {line}
        </Text>
      ))}
    </Stack>
  );
}
