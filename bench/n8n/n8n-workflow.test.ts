import { describe, expect, it } from '@jest/globals';
import { orderGraph } from '../graphs.ts';
import { n8nOrderWorkflow } from './n8n-workflow.ts';

const stub = 'http://127.0.0.1:9/';

describe('n8nOrderWorkflow', () => {
  it('is drawn as ours: the same steps, wires and expressions', () => {
    const ours = orderGraph('w1', 'respondNode', stub);
    const theirs = n8nOrderWorkflow('w1', 'respondNode', stub);
    expect(theirs.nodes.map(({ name }) => name)).toEqual(ours.nodes?.map(({ name }) => name));
    const wires = Object.entries(theirs.connections).flatMap(([source, { main }]) =>
      main.flatMap((targets) => targets.map(({ node }) => [source, node])),
    );
    expect(wires).toEqual(ours.edges?.map(({ source, target }) => [source, target]));
    expect(expressions(theirs)).toEqual(expressions(ours));
  });

  it('has the shape that n8n saves', () => {
    const { nodes, connections } = n8nOrderWorkflow('w1', 'respondNode', stub);
    const names = nodes.map(({ name }) => name);
    expect(new Set(names).size).toBe(nodes.length);
    expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
    for (const { type, typeVersion, position } of nodes) {
      expect(type).toMatch(/^n8n-nodes-base\.[a-zA-Z]+$/);
      expect(typeVersion).toBeGreaterThanOrEqual(1);
      expect(position).toHaveLength(2);
    }
    for (const [source, { main }] of Object.entries(connections))
      for (const target of main.flat()) {
        expect(names).toContain(source);
        expect(names).toContain(target.node);
      }
  });

  it('waits for the respond node in W1 only, which is the only one to have it', () => {
    const [w1, w2] = (['respondNode', 'immediately'] as const).map((answer) =>
      n8nOrderWorkflow('w', answer, stub),
    );
    expect(w1?.nodes[0]?.parameters).toEqual({ path: 'w', httpMethod: 'POST', responseMode: 'responseNode' });
    expect(w2?.nodes[0]?.parameters).toEqual({ path: 'w', httpMethod: 'POST' });
    expect(w2?.nodes.map(({ name }) => name)).toEqual(w1?.nodes.map(({ name }) => name).slice(0, -1));
    expect(w2?.connections.Fetch).toBeUndefined();
  });
});

/** Every expression in it, in order. */
function expressions(graph: object): string[] {
  return JSON.stringify(graph).match(/=\{\{ [^}]+ \}\}/g) ?? [];
}
