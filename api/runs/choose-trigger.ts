/** The trigger that a run started by hand begins at. */
import { findNodeType } from '../../contracts/catalogue/index.ts';
import type { Graph, GraphNode } from '../../contracts/graph.ts';
import { ApiProblem, notFound } from '../problems.ts';

/**
 * @param wanted a trigger node's id; left out: the manual trigger, else the first one
 * @throws ApiProblem `not-found`, `no-trigger`
 */
export function chooseTrigger(graph: Graph, wanted: string | undefined): GraphNode {
  const triggers = graph.nodes.filter(
    (node) => findNodeType(node.type)?.role === 'trigger' && !node.disabled,
  );
  if (wanted !== undefined) {
    const found = triggers.find((node) => node.id === wanted);
    if (!found) throw notFound('node');
    return found;
  }
  const chosen = triggers.find((node) => node.type === 'manual-trigger') ?? triggers[0];
  if (!chosen) throw new ApiProblem('no-trigger');
  return chosen;
}
