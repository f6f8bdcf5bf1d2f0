/** What a webhook trigger's parameters say about answering. */
import { webhookTrigger } from '../../contracts/catalogue/webhook-trigger.ts';
import type { GraphNode } from '../../contracts/graph.ts';

export interface HookOptions {
  /** Undefined: the caller is answered at once. */
  answer: 'lastNode' | 'respondNode' | undefined;
  answerWithinMs: number;
  /** The header with the delivery's key, in lower case; empty: none. */
  keyHeader: string;
}

// Nodes of published versions never change and are kept, so each is read once.
const known = new WeakMap<GraphNode, HookOptions>();

/** @param node a webhook trigger of a published version: its parameters are valid */
export function hookOptions(node: GraphNode): HookOptions {
  const before = known.get(node);
  if (before) return before;
  const { answer, answerWithin, deduplicateBy } = webhookTrigger.parameters.parse(node.parameters);
  const options = {
    answer: answer === 'immediately' ? undefined : answer,
    answerWithinMs: answerWithin * 1_000,
    keyHeader: deduplicateBy.trim().toLowerCase(),
  };
  known.set(node, options);
  return options;
}
