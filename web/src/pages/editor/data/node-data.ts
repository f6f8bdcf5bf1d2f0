/** The items a node gets and gives, as far as the last run and pinned data tell. */
import type { Graph, GraphNode } from '../../../../../contracts/graph.ts';
import type { Item } from '../../../../../contracts/item.ts';
import { inputItems, latestStep, type RunOverlay } from '../../../graph/run-overlay.ts';

/** What `port` of a node gave last; pinned data comes first. Undefined: it has not run. */
export function outputOf(
  graph: Graph,
  overlay: RunOverlay | undefined,
  node: string,
  port: string,
): readonly Item[] | undefined {
  const pinned = graph.pinnedData[node];
  if (pinned) return pinned;
  return latestStep(overlay, node)?.outputs[port];
}

/**
 * The items at a node's inputs. From its own last step while its connections are still those of that run; else what the nodes
 * before it gave last. Undefined: nothing is known yet.
 */
export function inputOf(
  graph: Graph,
  overlay: RunOverlay | undefined,
  node: GraphNode,
): readonly Item[] | undefined {
  const into = graph.edges.filter((edge) => edge.target === node.id);
  const step = latestStep(overlay, node.id);
  const isPinned = into.some((edge) => graph.pinnedData[edge.source]);
  const sameWiring =
    step?.sources.length &&
    step.sources.every((source) =>
      into.some((edge) => edge.source === source.node && edge.sourcePort === source.fromPort),
    );
  if (overlay && step && sameWiring && !isPinned) return inputItems(overlay, step);
  const lists = into.flatMap((edge) => {
    const items = outputOf(graph, overlay, edge.source, edge.sourcePort);
    return items ? [items] : [];
  });
  return lists.length > 0 ? lists.flat() : undefined;
}

/** Names of the nodes that can have run before `node`, nearest first: what `$('…')` may name. */
export function nodesBefore(graph: Graph, node: string): GraphNode[] {
  const seen = new Set([node]);
  const order: string[] = [];
  let front = [node];
  while (front.length > 0) {
    const next = front.flatMap((id) =>
      graph.edges.flatMap((edge) => (edge.target === id && !seen.has(edge.source) ? [edge.source] : [])),
    );
    for (const id of next) seen.add(id);
    order.push(...new Set(next));
    front = [...new Set(next)];
  }
  const byId = new Map(graph.nodes.map((other) => [other.id, other]));
  return order.flatMap((id) => byId.get(id) ?? []);
}
