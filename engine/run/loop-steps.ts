/** The steps of a loop over items: one for each batch it sends into its body, a last one for what came back. */
import type { StepSource } from '../../contracts/run.ts';
import { createBudget } from '../expressions/index.ts';
import type { CompiledNode } from '../graph/compile-graph.ts';
import { descend, paired } from '../items/traced.ts';
import { failedStep } from './failed-step.ts';
import type { RunContext } from './run-context.ts';
import { type Arrival, newStep, type Step } from './run-state.ts';
import type { StepResult } from './step-result.ts';
import { stepScope } from './step-scope.ts';

/** A step that ended as it was made. */
export interface EndedStep {
  step: Step;
  result: StepResult;
  /** Of a loop's step; a merge's are its inputs'. */
  sources?: StepSource[] | undefined;
}

/** Opens the loop over the items that arrived. Gives a failed step when the batch size can't be read. */
export function beginLoop(node: CompiledNode, arrival: Arrival, context: RunContext): EndedStep | undefined {
  const { state, graph, start, ports } = context;
  const sources = arrival.source ? [arrival.source] : [];
  const probe: Step = { node: node.id, index: state.counts.get(node.id) ?? 0, inputs: [arrival] };
  try {
    const scope = stepScope(graph, state, start, probe, ports.now());
    const batchSize = Number(node.parameters.read(() => scope, createBudget()).batchSize);
    state.loops.set(node.id, { remaining: [...arrival.items], returned: [], batchSize, sources });
    return undefined;
  } catch (error) {
    const step = newStep(state, node.id, [arrival]);
    return { step, result: failedStep(node, step, error) };
  }
}

/** Sends the next batch into the body, or everything that came back to `done`. */
export function continueLoop(node: CompiledNode, { state, reporter }: RunContext): EndedStep {
  const loop = state.loops.get(node.id)!;
  const batch = loop.remaining.splice(0, loop.batchSize);
  if (batch.length === 0) state.loops.delete(node.id);
  const items = (batch.length > 0 ? batch : loop.returned).map((traced, index) =>
    descend(paired(traced.item, index), [traced], node.id, node.remembered),
  );
  const step = newStep(state, node.id, []);
  reporter.stepStarted(step, 'running', loop.sources);
  return {
    step,
    sources: loop.sources,
    result: { kind: 'succeeded', outputs: new Map([[batch.length > 0 ? 'loop' : 'done', items]]) },
  };
}
