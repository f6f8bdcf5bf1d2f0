/** A step that succeeded in the run that this one takes up: it gives what it gave then and does nothing. */
import type { RecordedStep } from '../../contracts/rerun.ts';
import type { CompiledNode } from '../graph/compile-graph.ts';
import { parentsOf } from '../items/parents-of.ts';
import { descend } from '../items/traced.ts';
import type { RunContext } from './run-context.ts';
import { itemsOf, type Step } from './run-state.ts';
import type { StepResult } from './step-result.ts';

/** Undefined: the step runs. One that was tried in the former run and never succeeded keeps the key it had there. */
export function reusedStep(node: CompiledNode, step: Step, context: RunContext): StepResult | undefined {
  const { recorded, start, reporter } = context;
  const known = recorded?.find(step);
  if (!recorded || !known) return undefined;
  if (node.disabled || start.pinnedData?.[node.id]) {
    if (known.state === 'succeeded' || known.state === 'skipped') recorded.follow(step, known);
    return undefined;
  }
  if (known.outputs === undefined) {
    recorded.tryAgain(step, known);
    return undefined;
  }
  recorded.follow(step, known);
  reporter.stepStarted(step, 'running');
  return {
    kind: 'succeeded',
    outputs: outputsOf(node, step, known.outputs),
    attempts: known.attempts,
    failure: known.failure,
    reusedFrom: known.reusedFrom ?? start.retryOf,
  };
}

function outputsOf(node: CompiledNode, step: Step, recorded: NonNullable<RecordedStep['outputs']>) {
  const items = itemsOf(step);
  // A trigger's items begin a line of descent, as they did then.
  const parents = (item: Parameters<typeof parentsOf>[0]) =>
    node.role === 'trigger' ? [] : parentsOf(item, items);
  return new Map(
    [...node.outputs, 'error'].flatMap((port) => {
      const list = recorded[port];
      if (!list?.length) return [];
      return [[port, list.map((item) => descend(item, parents(item), node.id, node.remembered))] as const];
    }),
  );
}
