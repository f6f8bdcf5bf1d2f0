/** What a webhook trigger's parameters say about answering. */
import { webhookTrigger } from '../../contracts/catalogue/webhook-trigger.ts';
import type { GraphNode } from '../../contracts/graph.ts';
import { type TriggerGate, triggerGateOf } from '../../runs/gates/trigger-gate.ts';
import type { SignatureCheck } from './check-signature.ts';

export interface HookOptions {
  /** Undefined: the caller is answered at once. */
  answer: 'lastNode' | 'respondNode' | undefined;
  answerWithinMs: number;
  /** The header with the delivery's key, in lower case; empty: none. */
  keyHeader: string;
  /** Where in the body the key is, when the header is not there. */
  keyPath: readonly string[] | undefined;
  /** Undefined: anybody may call. */
  signature: { scheme: SignatureCheck['scheme']; header: string; variable: string } | undefined;
  keepDeliveries: boolean;
  /** Undefined: each call starts a run. */
  gate: TriggerGate | undefined;
}

// Nodes of published versions never change and are kept, so each is read once.
const known = new WeakMap<GraphNode, HookOptions>();

/** @param node a webhook trigger of a published version: its parameters are valid */
export function hookOptions(node: GraphNode): HookOptions {
  const before = known.get(node);
  if (before) return before;
  const parameters = webhookTrigger.parameters.parse(node.parameters);
  const { answer, answerWithin, deduplicateBy, deduplicateByBody, signature: scheme } = parameters;
  const options: HookOptions = {
    answer: answer === 'immediately' ? undefined : answer,
    answerWithinMs: answerWithin * 1_000,
    keyHeader: deduplicateBy.trim().toLowerCase(),
    keyPath: deduplicateByBody === '' ? undefined : deduplicateByBody.split('.'),
    signature:
      scheme === 'none'
        ? undefined
        : {
            scheme,
            header: parameters.signatureHeader.trim().toLowerCase(),
            variable: parameters.signatureVariable,
          },
    keepDeliveries: parameters.keepDeliveries,
    gate: triggerGateOf(node),
  };
  known.set(node, options);
  return options;
}
