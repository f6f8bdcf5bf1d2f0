import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Graph, type GraphInput, graph as schema } from '../../../../../contracts/graph.ts';
import { boundsOf, freeSpot } from './free-spot.ts';
import { makeNode } from './graph-edits.ts';

const graphOf = (input: GraphInput): Graph => schema.parse(input);
const start = graphOf({
  nodes: [{ id: 'start', name: 'Start', type: 'manual-trigger', position: { x: 0, y: 0 } }],
});
const step = (graph: Graph) => makeNode(graph, 'no-op', { x: 0, y: 0 });

describe('a free spot', () => {
  it('is the wanted one, on the grid, when nothing is there', () => {
    expect(freeSpot(start, [step(start)], { x: 401, y: 7 })).toEqual({ x: 400, y: 0 });
  });

  it('is below a node that is in the way, with room between them', () => {
    expect(freeSpot(start, [step(start)], { x: 0, y: 0 })).toEqual({ x: 0, y: 96 });
  });

  it('lies beside a node when that is nearer', () => {
    expect(freeSpot(start, [step(start)], { x: 208, y: 0 })).toEqual({ x: 256, y: 0 });
  });

  it('may lie on a note, but a note does not lie on a step', () => {
    const noted = graphOf({
      nodes: [
        {
          id: 'n',
          name: 'Note',
          type: 'note',
          position: { x: 0, y: 0 },
          parameters: { width: 800, height: 600 },
        },
      ],
    });
    expect(freeSpot(noted, [step(noted)], { x: 160, y: 160 })).toEqual({ x: 160, y: 160 });
    const note = makeNode(start, 'note', { x: 0, y: 0 });
    expect(freeSpot(start, [note], { x: 0, y: 0 })).not.toEqual({ x: 0, y: 0 });
  });

  it('covers nothing, however full the canvas is and however many nodes come', () => {
    const positions = fc.array(
      fc.record({ x: fc.integer({ min: -800, max: 800 }), y: fc.integer({ min: -400, max: 400 }) }),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(positions, fc.integer({ min: 1, max: 4 }), (taken, count) => {
        const graph = graphOf({
          nodes: taken.map((position, index) => ({
            id: `n${index}`,
            name: `N${index}`,
            type: 'if',
            position,
          })),
        });
        const added = Array.from({ length: count }, (_, index) => ({
          ...step(graph),
          position: { x: index * 240, y: index * 16 },
        }));
        const at = freeSpot(graph, added, { x: 0, y: 0 });
        const bounds = boundsOf(added);
        const right = at.x + bounds.right - bounds.left;
        const bottom = at.y + bounds.bottom - bounds.top;
        for (const node of graph.nodes) {
          const box = boundsOf([node]);
          expect(at.x >= box.right || at.y >= box.bottom || right <= box.left || bottom <= box.top).toBe(
            true,
          );
        }
      }),
      { numRuns: 60 },
    );
  });
});
