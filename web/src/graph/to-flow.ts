/** The graph as React Flow draws it. */
import type { Edge, Node } from '@xyflow/react';
import type { Graph, GraphEdge, GraphNode } from '../../../contracts/graph.ts';
import { canvasText } from '../i18n/canvas.ts';
import { t } from '../i18n/language.ts';
import { edgeId } from './connection.ts';
import { nodeSize } from './node-size.ts';

export type FlowNode = Node<{ node: GraphNode; pinned: number | undefined; connectedPorts: string }>;
export type FlowEdge = Edge<{ edge: GraphEdge }>;

/** `before` keeps what React Flow has measured, and the very objects where nothing changed. */
export function toFlowNodes(
  graph: Graph,
  selected: ReadonlySet<string>,
  before: readonly FlowNode[],
): FlowNode[] {
  const known = new Map(before.map((node) => [node.id, node]));
  const used = new Map<string, string[]>();
  for (const edge of graph.edges) used.set(edge.source, [...(used.get(edge.source) ?? []), edge.sourcePort]);
  return graph.nodes.map((node) => {
    const old = known.get(node.id);
    const connectedPorts = (used.get(node.id) ?? []).join('\n');
    const pinned = graph.pinnedData[node.id]?.length;
    const isSelected = selected.has(node.id);
    const same =
      old?.data.node === node &&
      old.data.pinned === pinned &&
      old.data.connectedPorts === connectedPorts &&
      old.selected === isSelected &&
      old.position.x === node.position.x &&
      old.position.y === node.position.y;
    if (old && same) return old;
    const isNote = node.type === 'note';
    return {
      ...(old?.measured && { measured: old.measured }),
      id: node.id,
      type: isNote ? 'note' : 'node',
      position: node.position,
      selected: isSelected,
      zIndex: isNote ? -1 : 0,
      ...nodeSize(node),
      data: { node, pinned, connectedPorts },
      ariaLabel: node.name,
    };
  });
}

export function toFlowEdges(graph: Graph, selected: ReadonlySet<string>): FlowEdge[] {
  const names = new Map(graph.nodes.map(({ id, name }) => [id, name]));
  return graph.edges.map((edge) => {
    const id = edgeId(edge);
    return {
      id,
      type: 'edge',
      source: edge.source,
      sourceHandle: edge.sourcePort,
      target: edge.target,
      targetHandle: edge.targetPort,
      selected: selected.has(id),
      data: { edge },
      ariaLabel: t(canvasText.edge, {
        source: names.get(edge.source) ?? edge.source,
        target: names.get(edge.target) ?? edge.target,
      }),
    };
  });
}
