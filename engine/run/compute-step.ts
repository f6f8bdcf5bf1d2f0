/** Runs a node that only computes over a step's items, giving the workflow task back when they need more than one. */
import type { Failure } from '../../contracts/run.ts';
import { createBudget, type ExpressionScope } from '../expressions/index.ts';
import type { CompiledNode } from '../graph/compile-graph.ts';
import { descend, paired, type Traced } from '../items/traced.ts';
import type { ComputeNode } from '../nodes/compute-node.ts';
import { computeNodes } from '../nodes/index.ts';
import { EngineFailure } from './engine-failure.ts';
import { errorJson, failureOf } from './failure-of.ts';
import type { RunContext } from './run-context.ts';
import { emit, type StepResult } from './step-result.ts';
import type { WorkMeter } from './work-meter.ts';

/** What an item costs beyond its expressions, in units of the work meter. */
const unitsPerItem = 10;

export function computeStep(
  node: CompiledNode,
  items: readonly Traced[],
  scope: ExpressionScope,
  context: RunContext,
): StepResult | Promise<StepResult> {
  const run = computeNodes[node.type];
  if (!run)
    throw new EngineFailure({
      code: 'unknown-node-type',
      message: `Nothing runs nodes of type "${node.type}".`,
    });
  const work = new ComputeWork(node, run, items, scope, context);
  return work.advance() ?? finishLater(work, context.meter);
}

async function finishLater(work: ComputeWork, meter: WorkMeter): Promise<StepResult> {
  for (;;) {
    await meter.yield();
    const result = work.advance();
    if (result) return result;
  }
}

class ComputeWork {
  private readonly node: CompiledNode;
  private readonly run: ComputeNode;
  private readonly items: readonly Traced[];
  private readonly scope: ExpressionScope;
  private readonly timezone: string;
  /** The same for all items, however many tasks they take. */
  private readonly now: number;
  private readonly meter: WorkMeter;
  private readonly outputs = new Map<string, Traced[]>();
  private position = 0;
  /** The first item that failed and went on or to the error port. */
  private failure: Failure | undefined;

  constructor(
    node: CompiledNode,
    run: ComputeNode,
    items: readonly Traced[],
    scope: ExpressionScope,
    { graph, ports, meter }: RunContext,
  ) {
    this.node = node;
    this.run = run;
    this.items = items;
    this.scope = scope;
    this.timezone = graph.settings.timezone;
    this.now = ports.now();
    this.meter = meter;
  }

  /** Goes on until all items are done or the meter is spent; undefined in the latter case. */
  advance(): StepResult | undefined {
    for (; this.position < this.items.length; this.position++) {
      if (this.meter.isSpent()) return undefined;
      const failure = this.runItem(this.items[this.position]!, this.position);
      if (failure && !this.goesOn()) return { kind: 'failed', failure };
      this.failure ??= failure;
    }
    return { kind: 'succeeded', outputs: this.outputs, failure: this.failure };
  }

  private goesOn(): boolean {
    const { onError } = this.node.source;
    return onError === 'continue' || onError === 'errorPort';
  }

  private runItem(traced: Traced, index: number): Failure | undefined {
    const { node, timezone, now } = this;
    const item = paired(traced.item, index);
    const budget = createBudget();
    try {
      const parameters = node.parameters.read(() => this.scope.forItem(index), budget);
      for (const { port, item: made } of this.run({ item, parameters, budget, timezone, now }))
        this.give(port, made, traced);
      return undefined;
    } catch (error) {
      const failure = failureOf(error, node.id);
      const port = node.source.onError === 'errorPort' ? 'error' : node.outputs[0]!;
      if (this.goesOn()) this.give(port, { ...item, json: errorJson(item.json, failure) }, traced);
      return failure;
    } finally {
      this.meter.spend(budget.used + unitsPerItem);
    }
  }

  private give(port: string, item: Traced['item'], parent: Traced): void {
    emit(this.outputs, port, descend(item, [parent], this.node.id, this.node.remembered));
  }
}
