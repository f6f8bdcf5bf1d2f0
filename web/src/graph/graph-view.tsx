/** A graph to look at, with a run drawn on it: the run page, and versions. */
import '@xyflow/react/dist/style.css';
import './react-flow.css';
import { useMantineColorScheme } from '@mantine/core';
import { Background, Controls, type NodeChange, ReactFlow, ReactFlowProvider } from '@xyflow/react';
import { useEffect, useId, useMemo, useState } from 'react';
import type { Graph } from '../../../contracts/graph.ts';
import { useCanvasLabels } from './canvas-labels.ts';
import { fitOptions } from './fit-options.ts';
import { edgeTypes, nodeTypes } from './flow-types.ts';
import type { RunOverlay } from './run-overlay.ts';
import { createSceneStore, SceneContext } from './scene.ts';
import { type FlowNode, toFlowEdges, toFlowNodes } from './to-flow.ts';

export interface GraphViewProps {
  graph: Graph;
  overlay?: RunOverlay | undefined;
  /** What became of nodes in comparison with another graph, by id. */
  marks?: ReadonlyMap<string, string> | undefined;
  selected?: string | undefined;
  onSelect?(node: string): void;
}

const none: ReadonlySet<string> = new Set();

export function GraphView({ graph, overlay, marks, selected, onSelect }: GraphViewProps) {
  const { colorScheme } = useMantineColorScheme();
  const [store] = useState(() => createSceneStore(overlay));
  useEffect(() => store.setState({ overlay }), [store, overlay]);
  const nodes = useMemo(
    () =>
      toFlowNodes(graph, selected ? new Set([selected]) : none, []).map((node) => {
        const mark = marks?.get(node.id);
        return mark === undefined ? node : { ...node, className: `diff-${mark}` };
      }),
    [graph, selected, marks],
  );
  const edges = useMemo(() => toFlowEdges(graph, none), [graph]);
  const scene = useMemo(() => ({ store }), [store]);
  const labels = useCanvasLabels(false);
  const id = useId();
  /** By a click or by Enter. */
  const select = (changes: NodeChange<FlowNode>[]) => {
    for (const change of changes) if (change.type === 'select' && change.selected) onSelect?.(change.id);
  };
  return (
    <SceneContext value={scene}>
      {/* A store of its own: in the editor, or beside another one, it would show that one's graph. */}
      <ReactFlowProvider>
        <ReactFlow
          id={id}
          data-testid="graph-view"
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          colorMode={colorScheme === 'auto' ? 'system' : colorScheme}
          fitView
          fitViewOptions={fitOptions}
          minZoom={0.1}
          nodesDraggable={false}
          nodesConnectable={false}
          edgesFocusable={false}
          onNodesChange={select}
          ariaLabelConfig={labels}
          proOptions={{ hideAttribution: true }}
        >
          <Background gap={16} size={1.2} />
          <Controls showInteractive={false} fitViewOptions={fitOptions} />
        </ReactFlow>
      </ReactFlowProvider>
    </SceneContext>
  );
}
