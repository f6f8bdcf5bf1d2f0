/** The automations that are measured. */
import type { GraphInput } from '../contracts/graph.ts';

type Nodes = NonNullable<GraphInput['nodes']>;

function chain(nodes: [id: string, type: string, parameters: Nodes[number]['parameters']][]): GraphInput {
  return {
    nodes: nodes.map(([id, type, parameters], index) => ({
      id,
      name: id,
      type,
      parameters,
      position: { x: index * 200, y: 0 },
    })),
    edges: nodes.slice(1).map(([target], index) => ({
      source: nodes[index]![0],
      sourcePort: nodes[index]![1] === 'if' ? 'true' : 'main',
      target,
    })),
  };
}

/** W1 and W2: webhook → total → over 100? → GET → respond. */
export function orderGraph(path: string, answer: 'respondNode' | 'immediately', stub: string): GraphInput {
  return chain([
    ['Webhook', 'webhook-trigger', { path, answer }],
    ['Total', 'edit-fields', { assignments: [{ name: 'total', value: '={{ $json.body.amount * 1.2 }}' }] }],
    ['Over 100', 'if', { conditions: [{ left: '={{ $json.total }}', operator: 'number.gt', right: 100 }] }],
    ['Fetch', 'http-request', { url: stub }],
    ['Respond', 'respond', {}],
  ]);
}

const double = { assignments: [{ name: 'double', value: '={{ $json.n * 2 }}' }] };

export const editGraph: GraphInput = chain([
  ['Start', 'manual-trigger', {}],
  ['Double', 'edit-fields', double],
]);

export const loopGraph: GraphInput = {
  nodes: [
    { id: 'start', name: 'Start', type: 'manual-trigger', position: { x: 0, y: 0 } },
    { id: 'loop', name: 'Loop', type: 'loop', position: { x: 200, y: 0 } },
    { id: 'double', name: 'Double', type: 'edit-fields', parameters: double, position: { x: 400, y: 0 } },
  ],
  edges: [
    { source: 'start', target: 'loop' },
    { source: 'loop', sourcePort: 'loop', target: 'double' },
    { source: 'double', target: 'loop' },
  ],
};

export function sequenceGraph(path: string, stub: string, count: number): GraphInput {
  return chain([
    ['Webhook', 'webhook-trigger', { path, answer: 'lastNode' }],
    ...Array.from({ length: count }, (_, step): [string, string, object] => [
      `Step ${step + 1}`,
      'http-request',
      { url: stub },
    ]),
  ] as Parameters<typeof chain>[0]);
}
