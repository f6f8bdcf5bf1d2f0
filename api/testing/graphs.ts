/** Small graphs that tests of the API publish and run. */
import { type Graph, type GraphInput, graph } from '../../contracts/graph.ts';

type NodeInput = NonNullable<GraphInput['nodes']>[number];

export function node(type: string, parameters: NodeInput['parameters'] = {}, id = type): NodeInput {
  return { id, name: id, type, position: { x: 0, y: 0 }, parameters };
}

/** One trigger and a no-op behind it. */
export function graphOf(...triggers: NodeInput[]): Graph {
  return graph.parse({
    nodes: [...triggers, node('no-op')],
    edges: triggers.map(({ id }) => ({ source: id, target: 'no-op' })),
  });
}

export function manual(sample = '{}'): Graph {
  return graphOf(node('manual-trigger', { sample }));
}

export function webhook(path: string, parameters: NodeInput['parameters'] = {}): Graph {
  const hook = node('webhook-trigger', { path, ...parameters });
  const trigger = graphOf(hook);
  if (parameters?.answer !== 'respondNode') return trigger;
  return graph.parse({
    ...trigger,
    nodes: [...trigger.nodes, node('respond')],
    edges: [...trigger.edges, { source: 'no-op', target: 'respond' }],
  });
}
