/**
 * What the triggers of a published graph listen to besides webhooks and schedules, which have tables and clocks of their own. A
 * trigger says it in its node type (`listens`); publishing writes it down, and whoever hears something finds the listeners there.
 */
import { findNodeType } from './catalogue/index.ts';
import type { Graph } from './graph.ts';

/**
 * - `form`: `key` is the form's path, one listener in all.
 * - `mail`: `key` is the address's local part, one listener in all.
 * - `event`: `key` is the event's name.
 * - `poll`: `key` is the node's id; a workflow of its own asks.
 * - `error`: `key` is empty: asked for by the id of the automation that handles errors.
 * - `sub-automation`: as `error`, by automations that call it.
 */
export const subscriptionKinds = ['form', 'mail', 'event', 'poll', 'error', 'sub-automation'] as const;
export type SubscriptionKind = (typeof subscriptionKinds)[number];

/** Kinds whose `key` is an address that the whole instance shares. */
export const addressKinds = ['form', 'mail'] as const satisfies SubscriptionKind[];

export interface Listening {
  kind: SubscriptionKind;
  key: string;
}

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
