/** Schedules as the API shows them: what is published, with what Temporal says of it. */
import type { Schedule } from '../../contracts/api/schedules.ts';
import type { Graph, GraphNode } from '../../contracts/graph.ts';
import { type Clock, clockedNodes, clockedTypes, clockOf } from '../../runs/schedules/clock-of.ts';
import { scheduleFacts } from '../../runs/schedules/schedule-facts.ts';
import type { ApiDeps } from '../deps.ts';
import { notFound } from '../problems.ts';

type Deps = Pick<ApiDeps, 'db' | 'temporal'>;

/** Automations shown at a time, and how many Temporal is asked about at once. */
const most = 200;
const lanes = 10;

export async function schedulesOfWorkspace(deps: Deps, workspace: string): Promise<Schedule[]> {
  const automations = (
    await deps.db.asSystem(({ graphs }) => graphs.publishedWith(clockedTypes, workspace))
  ).slice(0, most);
  const shown: Schedule[][] = [];
  const todo = automations.entries();
  const lane = async () => {
    for (const [position, { automation }] of todo)
      shown[position] = (await schedulesOfAutomation(deps, workspace, automation)) ?? [];
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return shown.flat();
}

/** Undefined when there is no such automation; none when it is not published. */
export async function schedulesOfAutomation(
  deps: Deps,
  workspace: string,
  id: string,
): Promise<Schedule[] | undefined> {
  const { stored, published, cursors } = await deps.db.inWorkspace(
    workspace,
    async ({ automations, triggerCursors }) => ({
      stored: await automations.get(id),
      published: await automations.published(id),
      cursors: await triggerCursors.ofAutomation(id),
    }),
  );
  if (!stored) return undefined;
  const automation = { id, name: stored.name };
  const graph = published?.graph;
  if (!graph) return [];
  return await Promise.all(
    clockedNodes(graph).map(async (node) => {
      const { kind } = clockHere(node, graph);
      const facts = await scheduleFacts(deps, { workspace, automation: id, node: node.id }, kind);
      const cursor = cursors.find((one) => one.node === node.id);
      return {
        automation,
        node: node.id,
        nodeName: node.name,
        kind,
        parameters: node.parameters,
        timezone: graph.settings.timezone,
        ...facts,
        ...(kind === 'poll' && { poll: pollOf(cursor) }),
      };
    }),
  );
}

/** @throws ApiProblem `not-found` */
export async function clockedTrigger(
  { db }: Pick<Deps, 'db'>,
  workspace: string,
  { id, node: wanted }: { id: string; node: string },
): Promise<{ automation: { id: string; name: string }; kind: Clock['kind'] }> {
  const [stored, published] = await db.inWorkspace(workspace, ({ automations }) =>
    Promise.all([automations.get(id), automations.published(id)]),
  );
  if (!stored) throw notFound('automation');
  const node = published && clockedNodes(published.graph).find((one) => one.id === wanted);
  if (!node) throw notFound('node');
  return { automation: { id, name: stored.name }, kind: clockHere(node, published.graph).kind };
}

function clockHere(node: GraphNode, graph: Graph): Clock {
  const clock = clockOf(node, graph.settings.timezone);
  if (!clock) throw new Error(`Node ${node.id} has no clock.`);
  return clock;
}

function pollOf(
  cursor: { polledAt?: string; failures: number; failure?: unknown; restUntil?: string } | undefined,
) {
  const { polledAt, failures = 0, failure, restUntil } = cursor ?? {};
  return {
    failures,
    ...(polledAt && { polledAt }),
    ...(failure !== undefined && { failure: failure as NonNullable<Schedule['poll']>['failure'] }),
    ...(restUntil && { restUntil }),
  };
}
