/** Graphs that tests publish. Names are ids, so that a step's node reads well in a failed expectation. */
import type { GraphInput } from '../../contracts/graph.ts';

export type NodeInput = NonNullable<GraphInput['nodes']>[number];

export function node(
  id: string,
  type: string,
  parameters: NonNullable<NodeInput['parameters']> = {},
  more: Partial<NodeInput> = {},
): NodeInput {
  return { id, name: id, type, parameters, position: { x: 0, y: 0 }, ...more };
}

/** One node after the other, by their first outputs. */
export function chain(...nodes: NodeInput[]): GraphInput & { nodes: NodeInput[] } {
  return {
    nodes,
    edges: nodes.slice(1).map(({ id }, index) => ({ source: nodes[index]!.id, target: id })),
  };
}

export function webhook(path: string, parameters: NonNullable<NodeInput['parameters']> = {}): NodeInput {
  return node('webhook', 'webhook-trigger', { path, ...parameters });
}
