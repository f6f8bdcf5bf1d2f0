/** Below the canvas: what came into the selected node and what went out of it, in the last run. */
import { ActionIcon, Alert, Box, Group, Select, Tooltip } from '@mantine/core';
import { IconPencil, IconPin, IconPinnedOff } from '@tabler/icons-react';
import { type DragEvent, useState } from 'react';
import { useStore } from 'zustand';
import { findNodeType } from '../../../../../contracts/catalogue/index.ts';
import type { GraphNode } from '../../../../../contracts/graph.ts';
import type { Item } from '../../../../../contracts/item.ts';
import { ItemsView } from '../../../components/items-view.tsx';
import type { JsonPathKeys } from '../../../components/json-tree.tsx';
import { PartNote } from '../../../components/part-note.tsx';
import { nodePorts } from '../../../graph/connection.ts';
import { itemCount, latestStep } from '../../../graph/run-overlay.ts';
import { useScene } from '../../../graph/scene.ts';
import { inspectorText } from '../../../i18n/inspector.ts';
import { useT } from '../../../i18n/language.ts';
import { pathExpression } from '../expression/json-paths.ts';
import { useEditorStore, useGraph, useReadOnly } from '../state/editor-store.ts';
import { pinData } from '../state/graph-edits.ts';
import { fieldMime } from './field-mime.ts';
import { inputOf, outputOf } from './node-data.ts';
import { PinEditor } from './pin-editor.tsx';

export function DataDock({ node }: { node: GraphNode }) {
  return (
    <Box h="100%" style={{ display: 'grid', gridTemplateColumns: '1fr 1fr' }} data-testid="data-dock">
      <InputPane node={node} />
      <Box miw={0} mih={0} style={{ borderInlineStart: '1px solid var(--mantine-color-default-border)' }}>
        <OutputPane key={node.id} node={node} />
      </Box>
    </Box>
  );
}

/** A field dragged into a parameter becomes `{{ $json.path }}`. */
function dragField(event: DragEvent, path: JsonPathKeys): void {
  const text = pathExpression(path);
  event.dataTransfer.setData(fieldMime, text);
  event.dataTransfer.setData('text/plain', text);
  event.dataTransfer.effectAllowed = 'copy';
}

export function InputPane({ node }: { node: GraphNode }) {
  const t = useT();
  const graph = useGraph();
  const overlay = useStore(useScene().store, (state) => state.overlay);
  const isTrigger = findNodeType(node.type)?.role === 'trigger';
  const items = isTrigger ? undefined : inputOf(graph, overlay, node);
  return (
    <ItemsView
      title={t(inspectorText.input)}
      items={items}
      empty={t(isTrigger ? inspectorText.triggerHasNoInput : inspectorText.notRunYet)}
      onDragField={dragField}
      testId="input-data"
    />
  );
}

export function OutputPane({ node }: { node: GraphNode }) {
  const t = useT();
  const store = useEditorStore();
  const graph = useGraph();
  const overlay = useStore(useScene().store, (state) => state.overlay);
  const [port, setPort] = useState<string>();
  const [isEditing, setIsEditing] = useState(false);
  const ports = nodePorts(node).outputs;
  const step = latestStep(overlay, node.id);
  const readOnly = useReadOnly();
  const pinned = graph.pinnedData[node.id];
  const filled = ports.find(({ name }) => (step?.outputs[name]?.length ?? 0) > 0)?.name;
  const shownPort = pinned ? 'main' : (port ?? filled ?? ports[0]?.name ?? 'main');
  const items = outputOf(graph, overlay, node.id, shownPort);
  const total = step && !pinned ? itemCount(step, shownPort) : items?.length;
  const pin = (data: readonly Item[] | undefined) =>
    store.getState().edit((before) => pinData(before, node.id, data));
  return (
    <>
      <ItemsView
        title={t(inspectorText.output)}
        items={items}
        total={total}
        empty={t(inspectorText.notRunYetOut)}
        testId="output-data"
        actions={
          <Group gap={2} wrap="nowrap">
            {ports.length > 1 && !pinned && (
              <Select
                size="xs"
                w={120}
                aria-label={t(inspectorText.output)}
                value={shownPort}
                data={ports.map(({ name, label }) => ({ value: name, label: t(label) }))}
                onChange={(value) => setPort(value ?? undefined)}
                allowDeselect={false}
              />
            )}
            {ports.length > 0 && !readOnly && (
              <Tooltip label={t(inspectorText.editPinned)}>
                <ActionIcon
                  aria-label={t(inspectorText.editPinned)}
                  data-testid="edit-pinned"
                  onClick={() => setIsEditing(true)}
                >
                  <IconPencil size={16} />
                </ActionIcon>
              </Tooltip>
            )}
            {!readOnly && pinned && (
              <Tooltip label={t(inspectorText.unpin)}>
                <ActionIcon
                  variant="light"
                  color="iris"
                  aria-label={t(inspectorText.unpin)}
                  data-testid="unpin"
                  onClick={() => pin(undefined)}
                >
                  <IconPinnedOff size={16} />
                </ActionIcon>
              </Tooltip>
            )}
            {!readOnly && !pinned && items && (
              <Tooltip label={t(inspectorText.pin)}>
                <ActionIcon aria-label={t(inspectorText.pin)} data-testid="pin" onClick={() => pin(items)}>
                  <IconPin size={16} />
                </ActionIcon>
              </Tooltip>
            )}
          </Group>
        }
      >
        {step?.failure && !pinned && (
          <Alert color="red" variant="light" mb="sm" title={step.failure.message} p="xs">
            {step.failure.hint}
          </Alert>
        )}
        {items && total !== undefined && items.length < total && (
          <PartNote shown={items.length} total={total} />
        )}
        {pinned && (
          <Alert color="iris" variant="light" mb="sm" p="xs">
            {t(inspectorText.pinned)}
          </Alert>
        )}
      </ItemsView>
      {isEditing && (
        <PinEditor node={node} items={items ?? []} onPin={pin} onClose={() => setIsEditing(false)} />
      )}
    </>
  );
}
