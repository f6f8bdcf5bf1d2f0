import type { CompiledNode } from '../graph/compile-graph.ts';
import { descend, paired, type Traced } from '../items/traced.ts';
import { itemsOf, type Step } from './run-state.ts';

/** A step's items as they came, at one of its ports. */
export function passOn(node: CompiledNode, step: Step, port = 'main'): Map<string, Traced[]> {
  const items = itemsOf(step).map((traced, index) =>
    descend(paired(traced.item, index), [traced], node.id, node.remembered),
  );
  return new Map([[port, items]]);
}
