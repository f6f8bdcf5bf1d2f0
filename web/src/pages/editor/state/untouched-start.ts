/**
 * The manual trigger that a blank automation begins with is there to have something to press Run on. Whoever adds another trigger
 * to it as it is wants that one instead: it takes the place. Undo brings the first one back.
 */
import type { Graph, GraphNode } from '../../../../../contracts/graph.ts';
import { blankGraph } from '../../automations/examples.ts';
import { addNode } from './graph-edits.ts';

/** The Start of a blank automation while nothing was done with it: alone but for notes, as it was made, nothing pinned to it. */
export function untouchedStart(graph: Graph): GraphNode | undefined {
  const [start, ...others] = graph.nodes.filter((node) => node.type !== 'note');
  const blank = blankGraph.nodes?.[0];
  if (!start || !blank || others.length > 0) return undefined;
  const isAsMade =
    start.id === blank.id &&
    start.name === blank.name &&
    start.type === blank.type &&
    !start.disabled &&
    !start.notes &&
    Object.keys(start.parameters).length === 0 &&
    !graph.pinnedData[start.id];
  return isAsMade ? start : undefined;
}

/** Adds `trigger`, in place of a Start that nothing was done with. */
export function replaceUntouchedStart(graph: Graph, trigger: GraphNode): Graph {
  const start = untouchedStart(graph);
  if (!start) return addNode(graph, trigger);
  return { ...graph, nodes: graph.nodes.map((node) => (node === start ? trigger : node)) };
}
