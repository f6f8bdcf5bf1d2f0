/** Runs a node that computes over all its items at once. */
import { createBudget, type ExpressionScope } from '../expressions/index.ts';
import type { CompiledNode } from '../graph/compile-graph.ts';
import { descend, type Traced } from '../items/traced.ts';
import type { ListEmission, ListNode } from '../nodes/list-node.ts';
import type { RunContext } from './run-context.ts';
import { itemsOf, type Step } from './run-state.ts';
import { emit, type StepResult } from './step-result.ts';
import { tooManyItems } from './too-many-items.ts';

/** What an item costs beyond its expressions, in units of the work meter: looked at, compared, placed. */
const unitsPerItem = 20;

export function listStep(
  node: CompiledNode,
  run: ListNode,
  step: Step,
  scope: ExpressionScope,
  context: RunContext,
): StepResult | Promise<StepResult> {
  const { meter } = context;
  const work = () => runList(node, run, itemsOf(step), scope, context);
  // The list can't be left half-way, so it begins with a task of its own when the one under way has done its share.
  return meter.isSpent() ? meter.yield().then(work) : work();
}

function runList(
  node: CompiledNode,
  run: ListNode,
  items: readonly Traced[],
  scope: ExpressionScope,
  { graph, meter }: RunContext,
): StepResult {
  const { timezone, maxItems } = graph.settings;
  const budget = createBudget();
  let count = 0;
  try {
    const parameters = node.parameters.read(() => scope.forItem(0), budget);
    const made = run({ items: items.map(({ item }) => item), parameters, budget, timezone, maxItems });
    count = made.length;
    if (made.length > maxItems) throw tooManyItems(made.length, maxItems);
    const outputs = new Map<string, Traced[]>();
    for (const emission of made) emit(outputs, emission.port, trace(node, emission, items));
    return { kind: 'succeeded', outputs };
  } finally {
    meter.spend(budget.used + Math.max(items.length, count) * unitsPerItem);
  }
}

function trace(node: CompiledNode, { item, from }: ListEmission, items: readonly Traced[]): Traced {
  const { pairedItem: _, ...rest } = item;
  const positions = from.map((position) => ({ item: position }));
  const pairedItem = positions.length === 1 ? positions[0] : positions;
  const parents = from.map((position) => items[position]!);
  return descend({ ...rest, ...(from.length > 0 && { pairedItem }) }, parents, node.id, node.remembered);
}
