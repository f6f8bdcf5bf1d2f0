import type { Failure } from '../../contracts/run.ts';
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
  const diverted = node.role === 'control' ? divertAll(node, itemsOf(step), failure) : undefined;
  return diverted ?? { kind: 'failed', failure };
}

/** All items with the error, where the node says that they go on or to its error port; undefined where it stops the run. */
export function divertAll(
  node: CompiledNode,
  items: readonly Traced[],
  failure: Failure,
): StepResult | undefined {
  const { onError } = node.source;
  if (onError !== 'continue' && onError !== 'errorPort') return undefined;
  const port = onError === 'errorPort' ? 'error' : node.outputs[0]!;
  const diverted = items.map((traced, index) =>
    descend(
      paired({ ...traced.item, json: errorJson(traced.item.json, failure) }, index),
      [traced],
      node.id,
      node.remembered,
    ),
  );
  return { kind: 'succeeded', outputs: new Map([[port, diverted]]), failure };
}
