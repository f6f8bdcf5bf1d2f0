import { describe, expect, it } from '@jest/globals';
import { graph as schema } from '../../../contracts/graph.ts';
import { alignToGrid, layoutGraph } from './layout.ts';
import { gridStep, nodeSize } from './node-size.ts';

const heap = () =>
  schema.parse({
    nodes: [
      { id: 'a', name: 'A', type: 'manual-trigger', position: { x: 100, y: 100 } },
      { id: 'b', name: 'B', type: 'if', position: { x: 100, y: 100 } },
      { id: 'c', name: 'C', type: 'no-op', position: { x: 103, y: 101 } },
      { id: 'd', name: 'D', type: 'no-op', position: { x: 100, y: 100 } },
      { id: 'n', name: 'N', type: 'note', position: { x: 7, y: 7 } },
    ],
    edges: [
      { source: 'a', target: 'b' },
      { source: 'b', sourcePort: 'true', target: 'c' },
      { source: 'b', sourcePort: 'false', target: 'd' },
      { source: 'd', target: 'b' },
    ],
  });

describe('layoutGraph', () => {
  it('puts nodes left to right without overlap, on the grid, cycles and all', () => {
    const { nodes } = layoutGraph(heap());
    const placed = nodes.filter((node) => node.type !== 'note');
    for (const [index, one] of placed.entries())
      for (const other of placed.slice(index + 1)) {
        const apart =
          Math.abs(one.position.x - other.position.x) >= nodeSize(one).width ||
          Math.abs(one.position.y - other.position.y) >= nodeSize(one).height;
        expect(apart).toBe(true);
      }
    expect(placed.every(({ position }) => position.x % gridStep === 0 && position.y % gridStep === 0)).toBe(
      true,
    );
    expect(nodes[1]!.position.x).toBeGreaterThan(nodes[0]!.position.x);
    expect(nodes[4]!.position).toEqual({ x: 7, y: 7 });
  });

  it('leaves an empty graph as it is', () => {
    const empty = schema.parse({});
    expect(layoutGraph(empty)).toBe(empty);
  });
});

describe('alignToGrid', () => {
  it('moves each node to the nearest point', () => {
    expect(alignToGrid(heap()).nodes[2]!.position).toEqual({ x: 96, y: 96 });
  });
});
