/** The canvas one draws on. React Flow owns gestures and measures; the graph in the store is the truth. */
import '@xyflow/react/dist/style.css';
import '../../../graph/react-flow.css';
import { useMantineColorScheme } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import {
  applyNodeChanges,
  Background,
  type Connection,
  Controls,
  type FinalConnectionState,
  MiniMap,
  type NodeChange,
  ReactFlow,
  SelectionMode,
  useReactFlow,
} from '@xyflow/react';
import { type DragEvent, useCallback, useLayoutEffect, useMemo, useState } from 'react';
import type { GraphEdge } from '../../../../../contracts/graph.ts';
import { useCanvasLabels } from '../../../graph/canvas-labels.ts';
import { canConnect } from '../../../graph/connection.ts';
import { fitOptions } from '../../../graph/fit-options.ts';
import { edgeTypes, nodeTypes } from '../../../graph/flow-types.ts';
import { gridStep } from '../../../graph/node-size.ts';
import { type FlowEdge, type FlowNode, toFlowEdges, toFlowNodes } from '../../../graph/to-flow.ts';
import { useEditor, useEditorStore, useGraph, useReadOnly } from '../state/editor-store.ts';
import { connect, moveNodes } from '../state/graph-edits.ts';
import { EmptyCanvas } from './empty-canvas.tsx';
import { paletteMime } from './palette-mime.ts';
import { useShowSelected } from './use-show-selected.ts';

export function Canvas() {
  const store = useEditorStore();
  const graph = useGraph();
  const readOnly = useReadOnly();
  const selected = useEditor((state) => state.selected);
  const selectedEdges = useEditor((state) => state.selectedEdges);
  const { colorScheme } = useMantineColorScheme();
  const isPhone = useMediaQuery('(max-width: 48em)');
  const { screenToFlowPosition } = useReactFlow();
  useShowSelected();
  const [nodes, setNodes] = useState<FlowNode[]>(() => toFlowNodes(graph, selected, []));
  useLayoutEffect(() => setNodes((before) => toFlowNodes(graph, selected, before)), [graph, selected]);
  const edges = useMemo(() => toFlowEdges(graph, selectedEdges), [graph, selectedEdges]);
  const labels = useCanvasLabels(!readOnly);

  const onNodesChange = useCallback(
    (changes: NodeChange<FlowNode>[]) => {
      setNodes((before) => applyNodeChanges(changes, before));
      // At the end of a drag, and with each press of an arrow key; presses in a row are one step to undo.
      const moved = new Map(
        changes.flatMap((change) =>
          change.type === 'position' && change.dragging === false && change.position
            ? [[change.id, change.position] as const]
            : [],
        ),
      );
      if (moved.size > 0)
        store.getState().edit((graph) => moveNodes(graph, moved), `move:${[...moved.keys()].join()}`);
      const selects = changes.filter((change) => change.type === 'select');
      if (selects.length === 0) return;
      const state = store.getState();
      const next = new Set(state.selected);
      for (const { id, selected: isSelected } of selects) isSelected ? next.add(id) : next.delete(id);
      state.select(next, state.selectedEdges);
    },
    [store],
  );
  const onEdgesChange = useCallback(
    (changes: { type: string; id?: string; selected?: boolean }[]) => {
      const state = store.getState();
      const next = new Set(state.selectedEdges);
      for (const change of changes)
        if (change.type === 'select' && change.id)
          change.selected ? next.add(change.id) : next.delete(change.id);
      state.select(state.selected, next);
    },
    [store],
  );
  const onConnect = useCallback(
    (connection: Connection) => store.getState().edit((before) => connect(before, toGraphEdge(connection))),
    [store],
  );
  const isValidConnection = useCallback(
    (connection: Connection | FlowEdge) =>
      canConnect(store.getState().history.present.graph, toGraphEdge(connection as Connection)),
    [store],
  );
  /** An edge let go over the empty canvas asks what to connect it to. */
  const onConnectEnd = useCallback(
    (event: MouseEvent | TouchEvent, connection: FinalConnectionState) => {
      if (connection.toNode || !connection.fromNode || !connection.fromHandle) return;
      const { clientX, clientY } = 'changedTouches' in event ? event.changedTouches[0]! : event;
      const at = screenToFlowPosition({ x: clientX, y: clientY });
      const { id: port, type } = connection.fromHandle;
      const kind = type === 'source' ? 'after' : 'before';
      const position = { x: kind === 'after' ? at.x : at.x - 216, y: at.y - 32 };
      store
        .getState()
        .set({ picker: { kind, node: connection.fromNode.id, port: port ?? 'main', position } });
    },
    [screenToFlowPosition, store],
  );
  const onDrop = (event: DragEvent) => {
    const type = event.dataTransfer.getData(paletteMime);
    if (!type || readOnly) return;
    event.preventDefault();
    const at = screenToFlowPosition({ x: event.clientX, y: event.clientY });
    store.getState().insert(type, { kind: 'at', position: { x: at.x - 108, y: at.y - 32 } });
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a place to drop; the keyboard adds nodes with N
    <div
      data-testid="canvas"
      style={{ position: 'absolute', inset: 0 }}
      onDrop={onDrop}
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes(paletteMime)) event.preventDefault();
      }}
      onDoubleClick={(event) => {
        if (!(event.target as Element).classList.contains('react-flow__pane')) return;
        const position = screenToFlowPosition({ x: event.clientX, y: event.clientY });
        store
          .getState()
          .set({ picker: { kind: 'at', position: { x: position.x - 108, y: position.y - 32 } } });
      }}
    >
      <ReactFlow<FlowNode, FlowEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        onConnect={onConnect}
        onConnectEnd={onConnectEnd}
        isValidConnection={isValidConnection}
        ariaLabelConfig={labels}
        nodesDraggable={!readOnly}
        nodesConnectable={!readOnly}
        connectionRadius={28}
        colorMode={colorScheme === 'auto' ? 'system' : colorScheme}
        fitView
        fitViewOptions={fitOptions}
        minZoom={0.1}
        maxZoom={2}
        snapToGrid
        snapGrid={[gridStep, gridStep]}
        selectionMode={SelectionMode.Partial}
        selectionKeyCode="Shift"
        multiSelectionKeyCode={['Control', 'Meta']}
        deleteKeyCode={null}
        zoomOnDoubleClick={false}
        panOnScroll
        elevateNodesOnSelect={false}
        proOptions={{ hideAttribution: true }}
      >
        <Background gap={gridStep} size={1.2} />
        <Controls showInteractive={false} position="bottom-left" fitViewOptions={fitOptions} />
        {!isPhone && graph.nodes.length > 6 && (
          <MiniMap pannable zoomable position="bottom-right" style={{ width: 140, height: 90 }} />
        )}
      </ReactFlow>
      {graph.nodes.length === 0 && !readOnly && <EmptyCanvas />}
    </div>
  );
}

function toGraphEdge({ source, sourceHandle, target, targetHandle }: Connection): GraphEdge {
  return { source, sourcePort: sourceHandle ?? 'main', target, targetPort: targetHandle ?? 'main' };
}
