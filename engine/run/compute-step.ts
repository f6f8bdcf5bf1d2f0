/** Runs a node that only computes over a step's items, giving the workflow task back now and then. */

import { createBudget, type ExpressionScope } from '../expressions/index.ts';
import type { CompiledNode } from '../graph/compile-graph.ts';
import { descend, paired, type Traced } from '../items/traced.ts';
import { computeNodes } from '../nodes/index.ts';
import { EngineFailure } from './engine-failure.ts';
import { errorJson, failureOf } from './failure-of.ts';
import { emit, type StepResult } from './step-result.ts';
import type { WorkMeter } from './work-meter.ts';

export async function computeStep(
  node: CompiledNode,
  items: readonly Traced[],
  scope: ExpressionScope,
  timezone: string,
  meter: WorkMeter,
): Promise<StepResult> {
  const run = computeNodes[node.type];
  if (!run)
    throw new EngineFailure({
      code: 'unknown-node-type',
      message: `Nothing runs nodes of type "${node.type}".`,
    });
  const outputs = new Map<string, Traced[]>();
  const { onError } = node.source;
  let failure: (StepResult & { kind: 'failed' }) | undefined;
  for (const [index, traced] of items.entries()) {
    if (meter.isSpent()) await meter.yield();
    const item = paired(traced.item, index);
    const budget = createBudget();
    try {
      const parameters = node.parameters.read(() => scope.forItem(index), budget);
      for (const emission of run({ item, parameters, budget, timezone }))
        emit(outputs, emission.port, descend(emission.item, [traced], node.id, node.remembered));
    } catch (error) {
      const found = failureOf(error, node.id);
      if (onError !== 'continue' && onError !== 'errorPort') return { kind: 'failed', failure: found };
      failure ??= { kind: 'failed', failure: found };
      const failed = { ...item, json: errorJson(item.json, found) };
      const port = onError === 'errorPort' ? 'error' : node.outputs[0]!;
      emit(outputs, port, descend(failed, [traced], node.id, node.remembered));
    }
    meter.spend(budget.used + 10);
  }
  return { kind: 'succeeded', outputs, failure: failure?.failure };
}
