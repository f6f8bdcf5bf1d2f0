/** Size of a node on the canvas in pixels: layout and insertion need it before anything is drawn. */
import type { GraphNode } from '../../../contracts/graph.ts';
import { nodePorts } from './connection.ts';

export const nodeWidth = 216;
export const portPitch = 24;
/** Grid of the canvas. */
export const gridStep = 16;
const baseHeight = 64;

export function nodeSize(node: Pick<GraphNode, 'type' | 'parameters' | 'onError'>): {
  width: number;
  height: number;
} {
  if (node.type === 'note')
    return { width: numberOr(node.parameters.width, 240), height: numberOr(node.parameters.height, 160) };
  const { inputs, outputs } = nodePorts(node);
  const rows = Math.max(inputs.length, outputs.length);
  return { width: nodeWidth, height: Math.max(baseHeight, rows * portPitch + 16) };
}

/** Distance of port `index` of `count` from the top of a node of `height`: evenly spread around its middle. */
export function portOffset(index: number, count: number, height: number): number {
  return height / 2 + (index - (count - 1) / 2) * portPitch;
}

function numberOr(value: unknown, fallback: number): number {
  return typeof value === 'number' ? value : fallback;
}
