/** Room on the canvas for nodes that nobody pointed a place out for: they must never land on one that is there. */
import type { Graph, GraphNode, Position } from '../../../../../contracts/graph.ts';
import { snap } from '../../../graph/layout.ts';
import { gridStep, nodeSize } from '../../../graph/node-size.ts';

/** Pixels kept free around a node: its name, marks and failure stay readable. */
const margin = 32;

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/**
 * Where the top left corner of `nodes` taken together goes: `wanted` on the grid, or the fewest steps of the grid away from it
 * where they cover no node of `graph`; of places equally near, the one below, then the one to the right. Steps may lie on notes, as
 * notes often frame several steps; a note never lies on a step.
 */
export function freeSpot(graph: Graph, nodes: readonly GraphNode[], wanted: Position): Position {
  const at = { x: snap(wanted.x), y: snap(wanted.y) };
  const bounds = boundsOf(nodes);
  const width = bounds.right - bounds.left;
  const height = bounds.bottom - bounds.top;
  const isNote = nodes.every((node) => node.type === 'note');
  const taken = graph.nodes
    .filter((node) => isNote || node.type !== 'note')
    .map((node) => grown(boundsOf([node]), margin));
  const isFree = ({ x, y }: Position) =>
    taken.every((box) => x >= box.right || y >= box.bottom || x + width <= box.left || y + height <= box.top);
  if (isFree(at)) return at;
  // Ends at the latest where everything there is lies to one side.
  for (let ring = 1; ; ring += 1) {
    const nearest = ringAround(at, ring).find(isFree);
    if (nearest) return nearest;
  }
}

/** Bounds of nodes on the canvas. */
export function boundsOf(nodes: readonly GraphNode[]): Box {
  const boxes = nodes.map((node) => {
    const { width, height } = nodeSize(node);
    const { x, y } = node.position;
    return { left: x, top: y, right: x + width, bottom: y + height };
  });
  return {
    left: Math.min(...boxes.map((box) => box.left)),
    top: Math.min(...boxes.map((box) => box.top)),
    right: Math.max(...boxes.map((box) => box.right)),
    bottom: Math.max(...boxes.map((box) => box.bottom)),
  };
}

function grown(box: Box, by: number): Box {
  return { left: box.left - by, top: box.top - by, right: box.right + by, bottom: box.bottom + by };
}

/** The points of the grid `ring` steps away in one direction and no more in the other, nearest first. */
function ringAround({ x, y }: Position, ring: number): Position[] {
  const points: { dx: number; dy: number }[] = [];
  for (let along = 0; along <= ring; along += 1) {
    for (const side of along === 0 ? [0] : [along, -along])
      points.push(
        { dx: side, dy: ring },
        { dx: ring, dy: side },
        { dx: side, dy: -ring },
        { dx: -ring, dy: side },
      );
  }
  return points.map(({ dx, dy }) => ({ x: x + dx * gridStep, y: y + dy * gridStep }));
}
