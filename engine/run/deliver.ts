/** Hands a step's items to the nodes behind its ports, in port order, then in node order. */
import type { StepSource } from '../../contracts/run.ts';
import { type CompiledNode, isJoin } from '../graph/compile-graph.ts';
import { type Traced, untraced } from '../items/traced.ts';
import type { RunContext } from './run-context.ts';
import { type Arrival, newStep, type Step } from './run-state.ts';

export function deliver(step: Step, outputs: Map<string, Traced[]>, context: RunContext): void {
  const { graph } = context;
  const node = graph.byId.get(step.node)!;
  for (const fromPort of [...node.outputs, 'error']) {
    const items = outputs.get(fromPort);
    if (!items?.length) continue;
    for (const edge of graph.edgesFrom(node.id, fromPort)) {
      const source: StepSource = { port: edge.targetPort, node: node.id, index: step.index, fromPort };
      arrive(graph.byId.get(edge.target)!, { port: edge.targetPort, items, source }, context);
    }
  }
}

function arrive(target: CompiledNode, arrival: Arrival, context: RunContext): void {
  const { state, graph, start } = context;
  if (target.role === 'annotation' || target.role === 'trigger') return;
  if (start.only && !start.only.has(target.id)) return;
  if (!isJoin(target)) {
    state.ready.push(withGivenInput(newStep(state, target.id, [takenBy(target, arrival)]), context));
    return;
  }
  const loop = state.loops.get(target.id);
  if (loop && arrival.source && graph.joins.bodies.get(target.id)?.has(arrival.source.node)) {
    for (const traced of arrival.items) loop.returned.push(traced);
    return;
  }
  const waiting = state.inbox.get(target.id);
  const taken = takenBy(target, arrival);
  if (waiting) waiting.push(taken);
  else state.inbox.set(target.id, [taken]);
}

/** A node that executes once sees the first item only; a loop counts its rounds itself. */
function takenBy({ source, disabled, join }: CompiledNode, arrival: Arrival): Arrival {
  if (!source.executeOnce || disabled || join === 'rounds') return arrival;
  return { ...arrival, items: arrival.items.slice(0, 1) };
}

/** The step whose input was edited gets that; it comes from no step then. */
function withGivenInput(step: Step, { start, recorded }: RunContext): Step {
  const { input } = start;
  if (input?.node !== step.node) return step;
  if ((recorded?.find(step)?.index ?? step.index) !== input.index) return step;
  return { ...step, inputs: [{ port: step.inputs[0]!.port, items: input.items.map(untraced) }] };
}
