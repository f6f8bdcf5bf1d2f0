/**
 * What the triggers of a published graph listen to besides webhooks and schedules, which have tables and clocks of their own. A
 * trigger says it in its node type (`listens`); publishing writes it down, and whoever hears something finds the listeners there.
 */
import { findNodeType } from './catalogue/index.ts';
import type { Graph } from './graph.ts';
import type { Listening } from './listening.ts';

export interface NewSubscription extends Listening {
  node: string;
}

/** In node order. A node whose parameters don't parse listens to nothing: publishing refuses it before. */
export function subscriptionsOf(graph: Graph): NewSubscription[] {
  return graph.nodes.flatMap((node) => {
    const nodeType = findNodeType(node.type);
    if (!nodeType?.listens || node.disabled) return [];
    const parsed = nodeType.parameters.safeParse(node.parameters);
    if (!parsed.success) return [];
    return nodeType.listens(parsed.data, node.id).map((listening) => ({ ...listening, node: node.id }));
  });
}
