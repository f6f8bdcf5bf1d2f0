/** What a step that made calls gives, once none is under way: the order of results is that of its items. */
import type { Item } from '../../contracts/item.ts';
import type { Failure } from '../../contracts/run.ts';
import type { CompiledNode } from '../graph/compile-graph.ts';
import { parentsOf } from '../items/parents-of.ts';
import { descend, paired, type Traced } from '../items/traced.ts';
import type { EffectCalls } from '../nodes/effects.ts';
import { errorJson } from './failure-of.ts';
import type { ItemResult } from './run-state.ts';
import { emit, type StepResult } from './step-result.ts';

/** @param progress results by position; one that is missing was not called, for the step is to be taken up again */
export function resultOfCalls(
  node: CompiledNode,
  kind: EffectCalls,
  items: readonly Traced[],
  progress: readonly (ItemResult | undefined)[],
  logs: string[] = [],
): StepResult {
  const stops = node.source.onError === undefined || node.source.onError === 'stop';
  const attempts = Math.max(1, ...progress.map((result) => result?.attempts ?? 1));
  const shownLogs = logs.length > 0 ? logs : undefined;
  const firstFailure = progress.find((result) => result?.kind === 'failed');
  if (firstFailure && stops)
    return { kind: 'failed', failure: withNode(firstFailure.failure, node), attempts, logs: shownLogs };
  if (progress.some((result) => !result)) return { kind: 'paused' };
  return {
    kind: 'succeeded',
    outputs: outputsOf(node, kind, items, progress as ItemResult[]),
    attempts,
    logs: shownLogs,
    failure: firstFailure && withNode(firstFailure.failure, node),
  };
}

function outputsOf(
  node: CompiledNode,
  kind: EffectCalls,
  items: readonly Traced[],
  progress: readonly ItemResult[],
): Map<string, Traced[]> {
  const outputs = new Map<string, Traced[]>();
  const add = (port: string, item: Item, parents: readonly Traced[]) =>
    emit(outputs, port, descend(item, parents, node.id, node.remembered));
  for (const [position, result] of progress.entries()) {
    if (kind === 'once' && result.kind === 'items') {
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

function withNode(failure: Omit<Failure, 'node'>, node: CompiledNode): Failure {
  return { ...failure, node: node.id };
}
