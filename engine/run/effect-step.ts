/**
 * Runs a node that touches the world: one activity per item (a bounded number at a time), one for all or one for a batch. Results
 * are kept item by item in `step.progress`, so a run that continues as new in the middle of ten thousand requests repeats none of them.
 */
import type { EffectInput, EffectResult } from '../../contracts/effect.ts';
import { retryPolicy } from '../../contracts/graph.ts';
import type { Item } from '../../contracts/item.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { createBudget, type ExpressionScope } from '../expressions/index.ts';
import type { CompiledNode } from '../graph/compile-graph.ts';
import { type EffectSpec, effects } from '../nodes/effects.ts';
import { resultOfCalls } from './call-results.ts';
import { itemResult, mostSteps, takeBatch } from './effect-batch.ts';
import { EngineFailure } from './engine-failure.ts';
import type { EffectCall } from './engine-ports.ts';
import { failureOf } from './failure-of.ts';
import type { RunContext } from './run-context.ts';
import { itemsOf, keyOf, type Step } from './run-state.ts';
import type { StepResult } from './step-result.ts';

const noRetry = retryPolicy.parse({ maxAttempts: 1 });

export async function effectStep(
  node: CompiledNode,
  step: Step,
  scope: ExpressionScope,
  context: RunContext,
): Promise<StepResult> {
  const spec = effects[node.type];
  if (!spec)
    throw new EngineFailure({
      code: 'unknown-node-type',
      message: `Nothing runs nodes of type "${node.type}".`,
    });
  const items = itemsOf(step);
  const kind = typeof spec.calls === 'function' ? spec.calls(node.source.parameters) : spec.calls;
  const calls = kind === 'once' ? 1 : items.length;
  step.progress ??= Array.from({ length: calls }, () => undefined);
  const { progress } = step;
  const logs: string[] = [];

  const stops = node.source.onError === undefined || node.source.onError === 'stop';
  const failAt = (position: number, error: unknown): void => {
    if (context.ports.isCancellation(error)) throw error;
    const { code, message, hint } = failureOf(error, node.id);
    const attempts = error instanceof EngineFailure ? error.attempts : 1;
    progress[position] = { kind: 'failed', failure: { code, message, hint }, attempts };
  };
  const run = async (call: EffectCall): Promise<EffectResult> => {
    const result = await context.ports.runEffect(call);
    logs.push(...(result.logs ?? []));
    return result;
  };

  const callOne = async (position: number): Promise<void> => {
    const only = kind === 'once' ? undefined : position;
    try {
      const parameters = readAt(node, position, scope);
      const result = await run(prepare(node, step, spec, only, parameters, context));
      progress[position] = { kind: 'items', items: result.items, attempts: result.attempts ?? 1 };
    } catch (error) {
      failAt(position, error);
    }
  };

  const callBatch = async (positions: readonly number[]): Promise<void> => {
    const each = new Map<number, JsonObject>();
    let steps = 0;
    for (const [index, position] of positions.entries()) {
      const budget = createBudget();
      try {
        each.set(position, readAt(node, position, scope, budget));
      } catch (error) {
        failAt(position, error);
        if (stops) return;
      }
      steps += budget.used;
      if (steps <= mostSteps) continue;
      // The next batch has a task of its own.
      todo.unshift(...positions.slice(index + 1));
      break;
    }
    const [first] = each;
    if (!first) return;
    try {
      const call = prepare(node, step, spec, first[0], first[1], context);
      const batch: EffectInput = {
        ...call.input,
        items: [...each.keys()].map((position) => items[position]!.item),
        ...(node.parameters.dynamic && { each: [...each.values()] }),
        ...(!stops && { goesOn: true }),
      };
      const { outcomes = [], attempts = 1 } = await run({ ...call, input: batch });
      for (const [index, position] of [...each.keys()].entries()) {
        const outcome = outcomes[index];
        if (outcome) progress[position] = itemResult(outcome, attempts);
        else if (!stops || outcomes.length === 0) failAt(position, noOutcome(node));
      }
    } catch (error) {
      for (const position of each.keys()) failAt(position, error);
    }
  };

  const todo = progress.flatMap((result, position) => (result ? [] : [position]));
  const failedForGood = () => stops && progress.some((result) => result?.kind === 'failed');
  const lane = async (): Promise<void> => {
    for (;;) {
      if (context.isDraining() || failedForGood()) return;
      const positions = kind === 'inBatches' ? takeBatch(todo, items) : todo.splice(0, 1);
      const [position] = positions;
      if (position === undefined) return;
      const call = () => (kind === 'inBatches' ? callBatch(positions) : callOne(position));
      await context.slots.run(() => (context.isDraining() ? putBack(positions) : call()));
    }
  };
  const putBack = async (positions: readonly number[]): Promise<void> => {
    todo.unshift(...positions);
  };
  const lanes = Math.min(todo.length, concurrencyOf(node, spec, scope));
  if (lanes === 1) await lane();
  else await Promise.all(Array.from({ length: lanes }, lane));

  return resultOfCalls(node, kind, items, progress, logs);
}

function readAt(
  node: CompiledNode,
  position: number,
  scope: ExpressionScope,
  budget = createBudget(),
): JsonObject {
  return node.parameters.read(() => scope.forItem(position), budget) as JsonObject;
}

/** A fault of the node's activity; without an end the step would wait for ever. */
function noOutcome(node: CompiledNode): EngineFailure {
  return new EngineFailure({ code: 'internal', message: `"${node.name}" said nothing of this item.` });
}

function prepare(
  node: CompiledNode,
  step: Step,
  spec: EffectSpec,
  position: number | undefined,
  parameters: JsonObject,
  context: RunContext,
): EffectCall {
  const items = itemsOf(step);
  const { graph, ports } = context;
  const { run, workspace, automation, secretMarker } = context.start;
  return {
    type: node.type,
    label: node.name,
    repeatable: spec.repeatable(parameters),
    input: {
      context: {
        workspace,
        automation: automation.id,
        run,
        node: node.id,
        nodeName: node.name,
        index: step.index,
        ...(position !== undefined && { item: position }),
        idempotencyKey: keyOf(run, step, position),
      },
      typeVersion: node.source.typeVersion,
      parameters,
      items: position === undefined ? items.map(({ item }) => item) : [items[position]!.item],
      ...(spec.wantsNodes && { nodes: namedNodes(node, context) }),
      now: ports.now(),
      timezone: graph.settings.timezone,
      ...(secretMarker !== undefined && { secretMarker }),
      retry: node.source.retry ?? noRetry,
      timeoutMs: node.source.timeout ? node.source.timeout * 1_000 : spec.defaultTimeoutMs,
    },
  };
}

function namedNodes(node: CompiledNode, { graph, state }: RunContext): Record<string, Item[]> {
  return Object.fromEntries(
    node.references.flatMap((name): [string, Item[]][] => {
      const named = graph.byName.get(name);
      const last = named && state.lastOutputs.get(named.id);
      return last ? [[name, [...last.ports.values()].flat().map(({ item }) => item)]] : [];
    }),
  );
}

function concurrencyOf(node: CompiledNode, spec: EffectSpec, scope: ExpressionScope): number {
  try {
    return spec.concurrency(node.parameters.read(() => scope, createBudget()));
  } catch {
    return 1; // the parameters are wrong: the calls themselves say so, item by item
  }
}
