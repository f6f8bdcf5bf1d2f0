import type { CompiledNode } from '../graph/compile-graph.ts';
import { descend } from '../items/traced.ts';
import { itemsOf, type Step } from './run-state.ts';
import type { StepResult } from './step-result.ts';

/**
 * What a step gave, or, when that is nothing and its node always gives something, one empty item at its first port, paired with all
 * items of the step. A loop that gives nothing has ended: an item more would begin it again.
 */
export function alwaysOutput(node: CompiledNode, step: Step, result: StepResult): StepResult {
  const port = node.outputs[0];
  if (!node.source.alwaysOutputData || node.disabled || node.join === 'rounds' || port === undefined)
    return result;
  if (result.kind !== 'succeeded' || [...result.outputs.values()].some((items) => items.length > 0))
    return result;
  const parents = itemsOf(step);
  const pairedItem = parents.map((_, item) => ({ item }));
  const empty = descend({ json: {}, pairedItem }, parents, node.id, node.remembered);
  return { ...result, outputs: new Map(result.outputs).set(port, [empty]) };
}
