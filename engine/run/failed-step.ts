import type { CompiledNode } from '../graph/compile-graph.ts';
import { descend, paired, type Traced } from '../items/traced.ts';
import { listNodes } from '../nodes/index.ts';
import { errorJson, failureOf } from './failure-of.ts';
import { itemsOf, type Step } from './run-state.ts';
import type { StepResult } from './step-result.ts';

/**
 * What becomes of a step that failed as a whole: it stops the run, or, where its node says so, its items go on with the error. Nodes
 * that work item by item divert the single item themselves.
 */
export function failedStep(node: CompiledNode, step: Step, error: unknown): StepResult {
  const failure = failureOf(error, node.id);
  const { onError } = node.source;
  const asWhole = node.role === 'control' || listNodes[node.type] !== undefined;
  const diverts = asWhole && (onError === 'continue' || onError === 'errorPort');
  if (!diverts) return { kind: 'failed', failure };
  const port = onError === 'errorPort' ? 'error' : node.outputs[0]!;
  const items = itemsOf(step).map((traced: Traced, index) =>
    descend(
      paired({ ...traced.item, json: errorJson(traced.item.json, failure) }, index),
      [traced],
      node.id,
      node.remembered,
    ),
  );
  return { kind: 'succeeded', outputs: new Map([[port, items]]), failure };
}
