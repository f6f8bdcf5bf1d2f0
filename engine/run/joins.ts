/**
 * When merges and loops may go on. What is said of merges holds for every node that joins its inputs.
 *
 * A merge fires when each of its connected inputs has a list, or when nothing under way can still bring the missing ones. A loop
 * sends its next batch when no work is left in its body. Merges that only wait for each other would wait for ever: once nothing
 * else moves, the first in node order fires with what it has.
 */
import type { CompiledGraph, CompiledNode } from '../graph/compile-graph.ts';
import type { Arrival, RunState } from './run-state.ts';

export type JoinMove =
  | { kind: 'merge'; node: CompiledNode; inputs: Arrival[] }
  | { kind: 'loop-begins'; node: CompiledNode; arrival: Arrival }
  | { kind: 'loop-continues'; node: CompiledNode };

/** The first join, in node order, that may go on. */
export function nextJoinMove(graph: CompiledGraph, state: RunState): JoinMove | undefined {
  if (graph.joinNodes.length === 0) return undefined;
  const active = activeNodes(state);
  for (const node of graph.joinNodes) {
    const move =
      node.join === 'inputs' ? mergeMove(node, graph, state, active) : loopMove(node, graph, state, active);
    if (move) return move;
  }
  return undefined;
}

/** The way out when every remaining piece of work is a merge waiting for another. */
export function stuckMerge(graph: CompiledGraph, state: RunState): JoinMove | undefined {
  const node = graph.nodes.find(
    (candidate) => candidate.join === 'inputs' && state.inbox.get(candidate.id)?.length,
  );
  return node && takeInputs(node, state);
}

/** Nodes that hold work: steps, and joins that hold items. */
function activeNodes(state: RunState): Set<string> {
  const active = new Set<string>();
  for (const step of state.ready) active.add(step.node);
  for (const step of state.underWay.values()) active.add(step.node);
  for (const [node, arrivals] of state.inbox) if (arrivals.length > 0) active.add(node);
  for (const node of state.loops.keys()) active.add(node);
  return active;
}

function mergeMove(
  merge: CompiledNode,
  graph: CompiledGraph,
  state: RunState,
  active: ReadonlySet<string>,
): JoinMove | undefined {
  const arrivals = state.inbox.get(merge.id);
  if (!arrivals?.length) return undefined;
  const ports = graph.joins.merges.get(merge.id);
  for (const [port, sources] of ports ?? []) {
    if (arrivals.some((arrival) => arrival.port === port)) continue;
    for (const node of active) {
      if (node === merge.id && !isReady(state, node)) continue;
      if (!sources.has(node)) continue;
      // A loop sends nothing into its body, or on, before the body (and so this merge) is done.
      if (state.loops.has(node) && graph.joins.bodies.get(node)?.has(merge.id)) continue;
      return undefined;
    }
  }
  return takeInputs(merge, state);
}

function isReady(state: RunState, node: string): boolean {
  return state.ready.some((step) => step.node === node);
}

/** One list of each input that has one. */
function takeInputs(merge: CompiledNode, state: RunState): JoinMove {
  const waiting = state.inbox.get(merge.id) ?? [];
  const inputs = merge.inputs.flatMap((port) => {
    const at = waiting.findIndex((arrival) => arrival.port === port);
    return at === -1 ? [] : waiting.splice(at, 1);
  });
  return { kind: 'merge', node: merge, inputs };
}

function loopMove(
  loop: CompiledNode,
  graph: CompiledGraph,
  state: RunState,
  active: ReadonlySet<string>,
): JoinMove | undefined {
  if (!state.loops.has(loop.id)) {
    const arrival = state.inbox.get(loop.id)?.shift();
    return arrival && { kind: 'loop-begins', node: loop, arrival };
  }
  for (const node of graph.joins.bodies.get(loop.id) ?? []) if (active.has(node)) return undefined;
  return { kind: 'loop-continues', node: loop };
}
