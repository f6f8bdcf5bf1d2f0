/** Auto-layout, left to right. Notes stay where they are: they belong to a place, not to the flow. */
import { layout as dagreLayout, Graph as Layout } from '@dagrejs/dagre';
import type { Graph } from '../../../contracts/graph.ts';
import { gridStep, nodeSize } from './node-size.ts';

/** The graph with its nodes placed; the top left node stays where the top left one was. */
export function layoutGraph(graph: Graph): Graph {
  const movable = graph.nodes.filter((node) => node.type !== 'note');
  if (movable.length === 0) return graph;
  const layout = new Layout({ multigraph: true });
  layout.setGraph({ rankdir: 'LR', nodesep: 40, ranksep: 88, edgesep: 24 });
  layout.setDefaultEdgeLabel(() => ({}));
  for (const node of movable) layout.setNode(node.id, { ...nodeSize(node) });
  for (const [index, edge] of graph.edges.entries())
    layout.setEdge(edge.source, edge.target, {}, String(index));
  dagreLayout(layout);
  const placed = new Map(
    movable.map((node) => {
      const { x, y } = layout.node(node.id) as { x: number; y: number };
      const { width, height } = nodeSize(node);
      return [node.id, { x: x - width / 2, y: y - height / 2 }];
    }),
  );
  const from = corner([...placed.values()]);
  const to = corner(movable.map((node) => node.position));
  return {
    ...graph,
    nodes: graph.nodes.map((node) => {
      const at = placed.get(node.id);
      if (!at) return node;
      return { ...node, position: { x: snap(at.x - from.x + to.x), y: snap(at.y - from.y + to.y) } };
    }),
  };
}

/** Every node moved to the nearest point of the grid. */
export function alignToGrid(graph: Graph): Graph {
  return {
    ...graph,
    nodes: graph.nodes.map((node) => ({
      ...node,
      position: { x: snap(node.position.x), y: snap(node.position.y) },
    })),
  };
}

export function snap(value: number): number {
  return Math.round(value / gridStep) * gridStep;
}

function corner(positions: readonly { x: number; y: number }[]): { x: number; y: number } {
  return { x: Math.min(...positions.map(({ x }) => x)), y: Math.min(...positions.map(({ y }) => y)) };
}
