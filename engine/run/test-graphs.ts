/** Short ways to write graphs and run them in tests. */
import { type Graph, type GraphInput, graph as graphSchema } from '../../contracts/graph.ts';
import type { Item } from '../../contracts/item.ts';
import type { JsonObject } from '../../contracts/json.ts';
import type { RunEvent } from '../../contracts/run.ts';
import { compileGraph } from '../graph/compile-graph.ts';
import type { RunStart } from './run-context.ts';
import { type RunOutcome, runGraph } from './run-graph.ts';
import type { SimulatedWorld } from './simulated-world.ts';

type NodeLine = [
  name: string,
  type: string,
  parameters?: JsonObject,
  extra?: Partial<Graph['nodes'][number]>,
];

/** Nodes by name (their ids are their names); edges as `from.port > to.port`, ports default to `main`. */
export function drawGraph(nodes: NodeLine[], edges: string[], settings: GraphInput['settings'] = {}): Graph {
  return graphSchema.parse({
    nodes: nodes.map(([name, type, parameters = {}, extra = {}]) => ({
      id: name,
      name,
      type,
      position: { x: 0, y: 0 },
      parameters,
      ...extra,
    })),
    edges: edges.map((line) => {
      const [from, to] = line.split('>').map((end) => end.trim().split('.'));
      return {
        source: from![0],
        sourcePort: from![1] ?? 'main',
        target: to![0],
        targetPort: to![1] ?? 'main',
      };
    }),
    settings,
  });
}

export const json = (...values: JsonObject[]): Item[] => values.map((value) => ({ json: value }));

/** Runs to the end, through as many hand-overs as the world asks for; each goes through JSON as in Temporal. */
export async function play(
  graph: Graph,
  world: SimulatedWorld,
  items: Item[] = json({}),
  more: Partial<RunStart> = {},
): Promise<Exclude<RunOutcome, { kind: 'continue' }>> {
  const compiled = compileGraph(graph);
  let start: RunStart = {
    run: 'run-1',
    mode: 'manual',
    workspace: 'workspace-1',
    automation: { id: 'automation-1', name: 'Test' },
    trigger: { node: graph.nodes[0]!.id, items },
    ...more,
  };
  for (;;) {
    const outcome = await world.play(runGraph(compiled, start, world.ports()));
    if (outcome.kind !== 'continue') return outcome;
    const snapshot = JSON.parse(JSON.stringify(outcome.snapshot)) as typeof outcome.snapshot;
    start = { ...start, snapshot, seq: outcome.seq, trigger: { ...start.trigger, items: [] } };
  }
}

type StepFinished = RunEvent & { type: 'step.finished' };

export function finishedSteps(world: SimulatedWorld, node?: string): StepFinished[] {
  return world.events.filter(
    (event): event is StepFinished => event.type === 'step.finished' && (!node || event.node === node),
  );
}

/** The JSON of what a node's step gave at a port. */
export function outputOf(
  world: SimulatedWorld,
  node: string,
  port = 'main',
  index = 0,
): JsonObject[] | undefined {
  const step = finishedSteps(world, node).find((event) => event.index === index);
  return step?.outputs[port]?.map((item) => item.json);
}
