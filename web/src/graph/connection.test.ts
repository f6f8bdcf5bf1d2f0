import { describe, expect, it } from '@jest/globals';
import { graph as schema } from '../../../contracts/graph.ts';
import { edgeId, possibleEdges } from './connection.ts';

describe('possibleEdges', () => {
  const graph = schema.parse({
    nodes: [
      { id: 'start', name: 'Start', type: 'manual-trigger', position: { x: 0, y: 0 } },
      { id: 'if', name: 'If', type: 'if', position: { x: 304, y: 0 } },
      { id: 'end', name: 'End', type: 'no-op', position: { x: 608, y: 0 } },
      { id: 'note', name: 'Note', type: 'note', position: { x: 0, y: 200 } },
    ],
    edges: [
      { source: 'start', target: 'if' },
      { source: 'if', sourcePort: 'true', target: 'end' },
    ],
  });
  const from = (id: string) => possibleEdges(graph, graph.nodes.find((node) => node.id === id)!).map(edgeId);

  it('names what every output could still lead to: no trigger, no note, not itself', () => {
    expect(from('if')).toEqual(['if:false>end:main']);
    expect(from('start')).toEqual(['start:main>end:main']);
  });

  it('leads back as well: that is how loops are drawn', () => {
    expect(from('end')).toEqual(['end:main>if:main']);
  });
});
