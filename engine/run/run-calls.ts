/**
 * Calls of other runs by a step, several at a time. A run that was started is remembered in the step before anything waits for it, so a
 * caller that continues as new goes on waiting for the same runs and starts none twice.
 */
import type { ChildRef } from '../../contracts/child-run.ts';
import type { CompiledNode } from '../graph/compile-graph.ts';
import { resultOfCalls } from './call-results.ts';
import { failureOf } from './failure-of.ts';
import type { RunContext } from './run-context.ts';
import { type ItemResult, itemsOf, type Step } from './run-state.ts';
import type { StepResult } from './step-result.ts';

export interface Calls {
  /** Runs: one for all items, or one for each. */
  of: 'once' | 'perItem';
  /** At the same time. */
  concurrency: number;
  /** Starts the run for an item. What it throws is that item's failure. */
  start(position: number): Promise<ChildRef>;
  /** Waits for the run, or does not. */
  result(child: ChildRef, position: number): Promise<ItemResult>;
}

export async function runCalls(
  node: CompiledNode,
  step: Step,
  { ports, childSlots, waits, isDraining }: RunContext,
  { of, concurrency, start, result }: Calls,
): Promise<StepResult> {
  const count = of === 'once' ? 1 : itemsOf(step).length;
  step.children ??= [];
  step.progress ??= Array.from({ length: count }, () => undefined);
  const { children, progress } = step;

  /** The step only waits, and can be taken up again, while none of its calls is about to start. */
  let starting = 0;
  step.awaits = 'children';
  const startIs = (change: 1 | -1) => {
    starting += change;
    step.awaits = starting === 0 ? 'children' : undefined;
    waits();
  };

  const call = async (position: number): Promise<ItemResult> => {
    let child = children[position];
    if (!child) {
      startIs(1);
      try {
        child = await start(position);
        children[position] = child;
      } finally {
        startIs(-1);
      }
    }
    return await result(child, position);
  };
  const callOne = async (position: number): Promise<void> => {
    try {
      progress[position] = await call(position);
    } catch (error) {
      if (ports.isCancellation(error)) throw error;
      const { node: _, ...failure } = failureOf(error, node.id);
      progress[position] = { kind: 'failed', failure, attempts: 1 };
    }
  };

  const stops = node.source.onError === undefined || node.source.onError === 'stop';
  const failedForGood = () => stops && progress.some((ended) => ended?.kind === 'failed');
  // Those that an earlier execution started come first: they are under way.
  const todo = progress.flatMap((ended, position) => (ended ? [] : [position]));
  todo.sort((a, b) => Number(!children[a]) - Number(!children[b]) || a - b);
  const lane = async (): Promise<void> => {
    while (!failedForGood()) {
      const position = todo.shift();
      if (position === undefined) return;
      await childSlots.run(async () => {
        if (!isDraining()) await callOne(position);
      });
    }
  };
  const lanes = of === 'once' ? 1 : Math.min(todo.length, concurrency);
  await Promise.all(Array.from({ length: lanes }, lane));
  return resultOfCalls(node, of, itemsOf(step), progress);
}
