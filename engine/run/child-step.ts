/**
 * Runs another automation: once with all items, or once for each, several at a time. A run that was started is remembered in the step
 * before anything waits for it, so a caller that continues as new goes on waiting for the same runs and starts none twice.
 */
import type { z } from 'zod';
import type { subAutomation } from '../../contracts/catalogue/sub-automation.ts';
import type { ChildEnd } from '../../contracts/child-run.ts';
import type { Resolved } from '../../contracts/expression.ts';
import type { Item } from '../../contracts/item.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { createBudget, type ExpressionScope } from '../expressions/index.ts';
import type { CompiledNode } from '../graph/compile-graph.ts';
import { checkInput } from '../nodes/sub-automation-input.ts';
import { resultOfCalls } from './call-results.ts';
import { failureOf } from './failure-of.ts';
import type { RunContext } from './run-context.ts';
import { type ItemResult, itemsOf, type Step } from './run-state.ts';
import type { StepResult } from './step-result.ts';

type Parameters = Resolved<z.output<typeof subAutomation.parameters>>;

export async function childStep(
  node: CompiledNode,
  step: Step,
  scope: ExpressionScope,
  context: RunContext,
): Promise<StepResult> {
  const { ports, childSlots } = context;
  const given = itemsOf(step).map(({ item }) => item);
  const read = (position: number) =>
    node.parameters.read(() => scope.forItem(position), createBudget()) as Parameters;
  const { automation, mode, wait, concurrency } = read(0);
  step.target ??= await ports.children.resolve(automation, node.name);
  const { target } = step;
  step.children ??= [];
  step.progress ??= Array.from({ length: mode === 'once' ? 1 : given.length }, () => undefined);
  const { children, progress } = step;

  /** The step only waits, and can be taken up again, while none of its calls is about to start. */
  let starting = 0;
  step.awaits = 'children';
  const startIs = (change: 1 | -1) => {
    starting += change;
    step.awaits = starting === 0 ? 'children' : undefined;
    context.waits();
  };

  const call = async (position: number): Promise<ItemResult> => {
    let child = children[position];
    if (!child) {
      startIs(1);
      try {
        const sent = mode === 'once' ? given.map((item, at) => inputOf(item, read(at))) : [];
        if (mode === 'each') sent.push(inputOf(given[position]!, read(position)));
        checkInput(target, sent);
        child = await ports.children.start({
          ...{ target, items: sent, node: node.id, index: step.index, label: node.name },
          waits: wait,
        });
        children[position] = child;
      } finally {
        startIs(-1);
      }
    }
    if (!wait) return { kind: 'items', items: mode === 'once' ? given : [given[position]!], attempts: 1 };
    return resultOf(target.automation.name, child.run, await ports.children.end(child, node.name));
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
  const failedForGood = () => stops && progress.some((result) => result?.kind === 'failed');
  // Those that an earlier execution started come first: they are under way.
  const todo = progress.flatMap((result, position) => (result ? [] : [position]));
  todo.sort((a, b) => Number(!children[a]) - Number(!children[b]) || a - b);
  const lane = async (): Promise<void> => {
    while (!failedForGood()) {
      const position = todo.shift();
      if (position === undefined) return;
      await childSlots.run(async () => {
        if (!context.isDraining()) await callOne(position);
      });
    }
  };
  const lanes = mode === 'once' ? 1 : Math.min(todo.length, concurrency);
  await Promise.all(Array.from({ length: lanes }, lane));
  return resultOfCalls(node, mode === 'once' ? 'once' : 'perItem', itemsOf(step), progress);
}

/** Where an item comes from means nothing in another run. */
function inputOf({ pairedItem: _, ...item }: Item, { values }: Parameters): Item {
  if (values.length === 0) return item;
  const json = Object.fromEntries(values.map(({ name, value }) => [name, value])) as JsonObject;
  return { ...item, json };
}

function resultOf(automation: string, run: string, end: ChildEnd): ItemResult {
  switch (end.kind) {
    case 'succeeded':
      return {
        kind: 'items',
        items: end.items.map(({ pairedItem: _, ...item }) => item),
        attempts: 1,
      };
    case 'cancelled':
      return failed(run, {
        code: 'sub-automation-cancelled',
        message: `The run of "${automation}" was cancelled before its end.`,
        hint: 'Open it from this run: its page says who cancelled it. Start this run again when it may go on.',
      });
    case 'failed':
      return failed(run, {
        code: 'sub-automation-failed',
        message: `The run of "${automation}" failed: ${end.failure.message}`,
        hint: end.failure.hint ?? 'Open it from this run to see the step that failed.',
        cause: end.failure.code,
      });
  }
}

function failed(
  run: string,
  { cause, ...failure }: { code: string; message: string; hint: string; cause?: string },
): ItemResult {
  return {
    kind: 'failed',
    failure: { ...failure, details: { run, ...(cause !== undefined && { code: cause }) } },
    attempts: 1,
  };
}
