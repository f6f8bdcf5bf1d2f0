/**
 * What a run that takes up another one would do: which nodes' outputs count again, which nodes run, and because of what. People
 * see it before they start; starting follows it.
 */
import { findNodeType } from '../contracts/catalogue/index.ts';
import type { Graph } from '../contracts/graph.ts';
import { nodesThatWorkAnew } from '../contracts/graph-diff.ts';
import { downstreamOf, upstreamOf } from '../contracts/graph-reach.ts';
import type { RunState } from '../contracts/states.ts';
import type { NodeOutcome } from '../db/index.ts';

export type RerunFrom =
  | { kind: 'start' }
  | { kind: 'failure' }
  | { kind: 'node'; node: string; alone: boolean };

export interface RerunPlan {
  /** Nodes whose recorded outputs count again, as far as they are reached again. */
  reused: string[];
  /** Nodes that run if something reaches them. */
  runs: string[];
  /** Of those: nodes that succeeded, and run anew because the graph differs there. */
  changed: string[];
  /** For the run's input. */
  anew: string[];
  only?: string[] | undefined;
}

export type RerunRefusal =
  | 'not-found'
  | 'run-not-ended'
  | 'run-succeeded'
  | 'not-published'
  | 'trigger-gone'
  | 'node-gone'
  | 'outputs-gone'
  | 'input-not-editable';

export interface PlanInput {
  from: RerunFrom;
  /** As the former run had it; undefined: nobody knows any more. */
  before: Graph | undefined;
  after: Graph;
  run: { state: RunState; triggerNode: string };
  /** What became of the former run's steps, by node. */
  outcomes: readonly NodeOutcome[];
  /** The trigger gets other items. */
  newItems: boolean;
  /** The node whose input is edited. */
  editedNode?: string | undefined;
  pinned: boolean;
}

export function planRerun(input: PlanInput): RerunPlan | RerunRefusal {
  const { from, after, run, outcomes } = input;
  const all = after.nodes.filter(({ type }) => findNodeType(type)?.role !== 'annotation').map(({ id }) => id);
  const trigger = after.nodes.find(({ id }) => id === run.triggerNode);
  if (!trigger || trigger.disabled || findNodeType(trigger.type)?.role !== 'trigger') return 'trigger-gone';
  if (from.kind === 'node' && !all.includes(from.node)) return 'node-gone';
  if (from.kind === 'failure' && run.state === 'succeeded') return 'run-succeeded';

  const anew = anewOf(input, all);
  const only = from.kind === 'node' ? onlyFor(after, from, run.triggerNode) : undefined;

  const succeeded = new Set(outcomes.filter(({ succeeded: count }) => count > 0).map(({ node }) => node));
  const unfinished = new Set(outcomes.filter(({ unsuccessful }) => unsuccessful > 0).map(({ node }) => node));
  const taken = (id: string) => only === undefined || only.includes(id);
  const reused = all.filter((id) => taken(id) && succeeded.has(id) && !anew.has(id));
  return {
    reused,
    runs: all.filter((id) => taken(id) && (!reused.includes(id) || unfinished.has(id))),
    changed: from.kind === 'start' ? [] : differing(input, all).filter((id) => succeeded.has(id)),
    anew: all.filter((id) => anew.has(id)),
    only,
  };
}

/** What runs anew whatever was recorded: where it begins and where the graph differs, and all that lies behind. */
function anewOf(input: PlanInput, all: readonly string[]): Set<string> {
  const { from, after, before, run, newItems, editedNode } = input;
  const everything = () => new Set(all.filter((id) => id !== run.triggerNode || newItems));
  // Nobody knows what the nodes were: none of them counts as the same.
  if (from.kind === 'start' || newItems || !before) return everything();
  const begins = [...differing(input, all), ...(editedNode === undefined ? [] : [editedNode])];
  // Alone, a node gives what lies behind it nothing: in a loop, the other nodes of the body keep what they have.
  if (from.kind === 'node' && from.alone) return downstreamOf(after, begins).add(from.node);
  return downstreamOf(after, from.kind === 'node' ? [...begins, from.node] : begins);
}

/** Nodes that would do something else than in the former run. A trigger only hands on what came. */
function differing({ before, after, pinned, run }: PlanInput, all: readonly string[]): string[] {
  if (!before) return [];
  const pins = (graph: Graph, id: string) => JSON.stringify(graph.pinnedData[id] ?? null);
  const repinned = pinned ? all.filter((id) => pins(before, id) !== pins(after, id)) : [];
  return [...new Set([...nodesThatWorkAnew(before, after), ...repinned])].filter(
    (id) => id !== run.triggerNode,
  );
}

/** The node, what lies behind it unless it runs alone, and everything that their inputs may come from. */
export function onlyFor(
  graph: Graph,
  { node, alone }: { node: string; alone: boolean },
  trigger: string,
): string[] {
  return [...upstreamOf(graph, alone ? [node] : downstreamOf(graph, [node])).add(trigger)];
}
