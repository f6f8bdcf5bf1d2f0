/** Runs another automation: once with all items, or once for each, several at a time. */
import type { z } from 'zod';
import type { subAutomation } from '../../contracts/catalogue/sub-automation.ts';
import type { ChildEnd } from '../../contracts/child-run.ts';
import type { Resolved } from '../../contracts/expression.ts';
import type { Item } from '../../contracts/item.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { createBudget, type ExpressionScope } from '../expressions/index.ts';
import type { CompiledNode } from '../graph/compile-graph.ts';
import { checkInput } from '../nodes/sub-automation-input.ts';
import { runCalls } from './run-calls.ts';
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
  const { ports } = context;
  const given = itemsOf(step).map(({ item }) => item);
  const read = (position: number) =>
    node.parameters.read(() => scope.forItem(position), createBudget()) as Parameters;
  const { automation, mode, wait, concurrency } = read(0);
  step.target ??= await ports.children.resolve(automation, node.name);
  const { target } = step;
  return await runCalls(node, step, context, {
    of: mode === 'once' ? 'once' : 'perItem',
    concurrency,
    async start(position) {
      const sent = mode === 'once' ? given.map((item, at) => inputOf(item, read(at))) : [];
      if (mode === 'each') sent.push(inputOf(given[position]!, read(position)));
      checkInput(target, sent);
      return await ports.children.start({
        ...{ target, items: sent, node: node.id, index: step.index, label: node.name },
        waits: wait,
      });
    },
    async result(child, position) {
      if (!wait) return { kind: 'items', items: mode === 'once' ? given : [given[position]!], attempts: 1 };
      return resultOf(target.automation.name, child.run, await ports.children.end(child, node.name));
    },
  });
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
