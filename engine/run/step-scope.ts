/** What the expressions of one step can see. */
import type { Item } from '../../contracts/item.ts';
import { createScope, type ExpressionScope, type ScopeNode } from '../expressions/index.ts';
import type { CompiledGraph, CompiledNode } from '../graph/compile-graph.ts';
import type { Traced } from '../items/traced.ts';
import { EngineFailure } from './engine-failure.ts';
import type { RunContext } from './run-context.ts';
import { itemsOf, keyOf, type RunState, type Step, sourcesOf } from './run-state.ts';
import { seededRandom } from './seeded-random.ts';

/** The facts of a run that expressions can name. */
export interface RunFacts {
  run: string;
  mode: string;
  automation: { id: string; name: string };
  /** What `$vars` reads; secret ones are markers (contracts/variables.ts). */
  vars?: Readonly<Record<string, string>> | undefined;
}

export function scopeOf(step: Step, { graph, state, start, ports }: RunContext): ExpressionScope {
  return stepScope(graph, state, start, step, ports.now());
}

export function stepScope(
  graph: CompiledGraph,
  state: RunState,
  facts: RunFacts,
  step: Step,
  now: number,
): ExpressionScope {
  const items = itemsOf(step);
  const key = keyOf(facts.run, step);
  const source = sourcesOf(step)[0];
  const previous = source && graph.byId.get(source.node);
  return createScope({
    items: items.map(({ item }) => item),
    runIndex: step.index,
    now,
    zone: graph.settings.timezone,
    random: seededRandom(key),
    workflow: { ...facts.automation, active: true },
    execution: { id: facts.run, mode: facts.mode, idempotencyKey: key, ...step.links },
    ...(facts.vars && { vars: facts.vars }),
    parameters: graph.byId.get(step.node)?.source.parameters,
    ...(previous && {
      prevNode: {
        name: previous.name,
        outputIndex: previous.outputs.indexOf(source.fromPort),
        runIndex: source.index,
      },
      inputParams: previous.source.parameters,
    }),
    node: (name) => {
      const node = graph.byName.get(name);
      return node && nodeView(node, graph, state, items);
    },
  });
}

function nodeView(
  node: CompiledNode,
  graph: CompiledGraph,
  state: RunState,
  items: readonly Traced[],
): ScopeNode {
  const last = state.lastOutputs.get(node.id);
  return {
    isExecuted: last !== undefined,
    params: node.source.parameters,
    context: loopContext(node, graph, state),
    items: (branch, run) => {
      if (run !== undefined && last && run !== last.index && run !== -1)
        throw olderRun(node.name, run, last.index);
      return portItems(node, last?.ports, branch);
    },
    pairedItem: (itemIndex) => items[itemIndex]?.ancestors[node.id] ?? onlyItem(last?.ports),
  };
}

/** `branch` counts output ports; left out, the first port that gave items. */
function portItems(
  node: CompiledNode,
  ports: Map<string, Traced[]> | undefined,
  branch: number | undefined,
): Item[] {
  const name =
    branch === undefined ? node.outputs.find((port) => ports?.get(port)?.length) : node.outputs[branch];
  return (name === undefined ? [] : (ports?.get(name) ?? [])).map(({ item }) => item);
}

/** A node that gave exactly one item is what everybody means by its item, even off the current item's path. */
function onlyItem(ports: Map<string, Traced[]> | undefined): Item | undefined {
  const all = [...(ports?.values() ?? [])].flat();
  return all.length === 1 ? all[0]!.item : undefined;
}

function loopContext(node: CompiledNode, graph: CompiledGraph, state: RunState): unknown {
  if (graph.byId.get(node.id)?.type !== 'loop') return {};
  const loop = state.loops.get(node.id);
  return {
    noItemsLeft: !loop || loop.remaining.length === 0,
    currentRunIndex: (state.counts.get(node.id) ?? 1) - 1,
  };
}

function olderRun(name: string, run: number, last: number): EngineFailure {
  return new EngineFailure({
    code: 'older-run',
    message: `Only the last run (${last}) of "${name}" is kept, not run ${run}.`,
    hint: `Leave the run number out, or use $('${name}').item for the item that the current one was made of.`,
  });
}
