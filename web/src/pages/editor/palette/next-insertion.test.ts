import { describe, expect, it } from '@jest/globals';
import { graph as schema } from '../../../../../contracts/graph.ts';
import { edgeId } from '../../../graph/connection.ts';
import { startHistory } from '../state/history.ts';
import { nextInsertion } from './next-insertion.ts';

const start = { id: 'a', name: 'A', type: 'manual-trigger', position: { x: 0, y: 0 } };
const step = { id: 'b', name: 'B', type: 'no-op', position: { x: 304, y: 0 } };
const middle = { x: 10, y: 20 };

function next(
  nodes: readonly (typeof start)[],
  chosen: { nodes?: string[]; edge?: boolean } = {},
): ReturnType<typeof nextInsertion> {
  const graph = schema.parse({ nodes, edges: nodes.length > 1 ? [{ source: 'a', target: 'b' }] : [] });
  return nextInsertion(
    {
      selected: new Set(chosen.nodes),
      selectedEdges: new Set(chosen.edge ? graph.edges.map(edgeId) : []),
      history: startHistory({ name: 'Test', graph }),
    },
    () => middle,
  );
}

describe('nextInsertion', () => {
  it('follows the selected node while it has a free output', () => {
    expect(next([start, step], { nodes: ['b'] })).toEqual({ kind: 'after', node: 'b', port: 'main' });
    expect(next([start, step], { nodes: ['a'] })).toEqual({ kind: 'near', position: middle });
  });

  it('follows the only node of a fresh automation', () => {
    expect(next([start])).toEqual({ kind: 'after', node: 'a', port: 'main' });
  });

  it('goes into the selected edge', () => {
    expect(next([start, step], { edge: true })).toMatchObject({ kind: 'edge', edge: { source: 'a' } });
  });

  it('is near the middle where nothing says more', () => {
    expect(next([start, step])).toEqual({ kind: 'near', position: middle });
    expect(next([])).toEqual({ kind: 'near', position: middle });
  });
});
