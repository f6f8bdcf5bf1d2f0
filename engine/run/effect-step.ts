/**
 * Runs a node that touches the world: one activity per item (a bounded number at a time) or one for all. Results are kept item by
 * item in `step.progress`, so a run that continues as new in the middle of ten thousand requests repeats none of them.
 */
import type { EffectResult } from '../../contracts/effect.ts';
import { retryPolicy } from '../../contracts/graph.ts';
import type { Item } from '../../contracts/item.ts';
import type { JsonObject } from '../../contracts/json.ts';
import type { Failure } from '../../contracts/run.ts';
import { createBudget, type ExpressionScope } from '../expressions/index.ts';
import type { CompiledNode } from '../graph/compile-graph.ts';
import { parentsOf } from '../items/parents-of.ts';
import { descend, paired, type Traced } from '../items/traced.ts';
import { type EffectSpec, effects } from '../nodes/effects.ts';
import { EngineFailure } from './engine-failure.ts';
import type { EffectCall } from './engine-ports.ts';
import { errorJson, failureOf } from './failure-of.ts';
import type { RunContext } from './run-context.ts';
import { type ItemResult, itemsOf, keyOf, type Step } from './run-state.ts';
import { emit, type StepResult } from './step-result.ts';

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
  const calls = spec.calls === 'once' ? 1 : items.length;
  step.progress ??= Array.from({ length: calls }, () => undefined);
  const { progress } = step;
  const logs: string[] = [];

  const callOne = async (position: number): Promise<void> => {
    const only = spec.calls === 'once' ? undefined : position;
    try {
      const call = prepare(node, step, spec, only, scope, context);
      const result: EffectResult = await context.ports.runEffect(call);
      logs.push(...(result.logs ?? []));
      progress[position] = { kind: 'items', items: result.items, attempts: result.attempts ?? 1 };
    } catch (error) {
      if (context.ports.isCancellation(error)) throw error;
      const { code, message, hint } = failureOf(error, node.id);
      progress[position] = {
        kind: 'failed',
        failure: { code, message, hint },
        attempts: error instanceof EngineFailure ? error.attempts : 1,
      };
    }
  };

  const todo = progress.flatMap((result, position) => (result ? [] : [position]));
  const stops = node.source.onError === undefined || node.source.onError === 'stop';
  const failedForGood = () => stops && progress.some((result) => result?.kind === 'failed');
  const lane = async (): Promise<void> => {
    for (;;) {
      if (context.isDraining() || failedForGood()) return;
      const position = todo.shift();
      if (position === undefined) return;
      await context.slots.run(() => (context.isDraining() ? putBack(position) : callOne(position)));
    }
  };
  const putBack = async (position: number): Promise<void> => {
    todo.unshift(position);
  };
  const lanes = Math.min(todo.length, concurrencyOf(node, spec, scope));
  if (lanes === 1) await lane();
  else await Promise.all(Array.from({ length: lanes }, lane));

  const attempts = Math.max(1, ...progress.map((result) => result?.attempts ?? 1));
  const shownLogs = logs.length > 0 ? logs : undefined;
  const firstFailure = progress.find((result) => result?.kind === 'failed');
  if (firstFailure && stops)
    return { kind: 'failed', failure: withNode(firstFailure.failure, node), attempts, logs: shownLogs };
  if (progress.some((result) => !result)) return { kind: 'paused' };
  return {
    kind: 'succeeded',
    outputs: outputsOf(node, spec, items, progress as ItemResult[]),
    attempts,
    logs: shownLogs,
    failure: firstFailure && withNode(firstFailure.failure, node),
  };
}

function prepare(
  node: CompiledNode,
  step: Step,
  spec: EffectSpec,
  position: number | undefined,
  scope: ExpressionScope,
  context: RunContext,
): EffectCall {
  const items = itemsOf(step);
  const parameters = node.parameters.read(() => scope.forItem(position ?? 0), createBudget()) as JsonObject;
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

function outputsOf(
  node: CompiledNode,
  spec: EffectSpec,
  items: readonly Traced[],
  progress: readonly ItemResult[],
): Map<string, Traced[]> {
  const outputs = new Map<string, Traced[]>();
  const add = (port: string, item: Item, parents: readonly Traced[]) =>
    emit(outputs, port, descend(item, parents, node.id, node.remembered));
  for (const [position, result] of progress.entries()) {
    if (spec.calls === 'once' && result.kind === 'items') {
      for (const item of result.items) add('main', item, parentsOf(item, items));
      continue;
    }
    const parent = items[position];
    const parents = parent ? [parent] : [];
    if (result.kind === 'items')
      for (const item of result.items) add('main', paired(item, position), parents);
    else {
      const json = errorJson(parent?.item.json ?? {}, withNode(result.failure, node));
      add(node.source.onError === 'errorPort' ? 'error' : 'main', paired({ json }, position), parents);
    }
  }
  return outputs;
}

function withNode(
  failure: { code: string; message: string; hint?: string | undefined },
  node: CompiledNode,
): Failure {
  return { ...failure, node: node.id };
}
