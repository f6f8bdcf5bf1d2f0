/** The run that a test call starts: of the draft as it is when the call comes, with what the call carried. */
import type { GraphNode } from '../../contracts/graph.ts';
import type { Item } from '../../contracts/item.ts';
import type { RunInput } from '../../contracts/run.ts';
import type { StoredTestListener } from '../../db/index.ts';
import { type StartedRun, startRun, variablesNow } from '../../runs/start-run.ts';
import { variablesOf } from '../../runs/version-graphs.ts';
import type { ApiDeps } from '../deps.ts';
import { draftSource, type RunSource } from './draft-source.ts';

/** A trigger that listens for a test call, and the draft that it is in. */
export interface TestedTrigger {
  listener: StoredTestListener;
  automation: { id: string; name: string };
  source: RunSource;
  node: GraphNode;
}

/** @returns undefined when the draft has no such trigger any more. @throws ApiProblem `invalid-graph` */
export async function testedTrigger(
  { db }: Pick<ApiDeps, 'db'>,
  listener: StoredTestListener,
): Promise<TestedTrigger | undefined> {
  const { workspace, automation: id } = listener;
  const stored = await db.inWorkspace(workspace, ({ automations }) => automations.get(id));
  const node = stored?.draft.nodes.find((one) => one.id === listener.node && !one.disabled);
  if (!stored || !node) return undefined;
  return { listener, automation: { id, name: stored.name }, source: draftSource(stored), node };
}

/**
 * @returns undefined when another call was faster, or the time is over
 * @throws what `startRun` throws; the listener listens on then
 */
export async function startTest(
  deps: ApiDeps,
  { listener, automation, source, node }: TestedTrigger,
  { item, answer }: { item: Item; answer: RunInput['answer'] },
): Promise<StartedRun | undefined> {
  const { workspace, run, kind } = listener;
  const isTaken = await deps.db.inWorkspace(workspace, ({ testListeners }) => testListeners.take(listener));
  if (!isTaken) return undefined;
  // What the trigger has pinned would stand in for what came.
  const { [node.id]: _, ...pinnedData } = source.full.pinnedData;
  try {
    const started = await startRun(deps, {
      workspace,
      automation,
      version: source.version,
      graph: { ...source.full, pinnedData },
      trigger: { kind, node: node.id, name: node.name },
      items: [item],
      variables: await variablesNow(deps, workspace, variablesOf(source.full)),
      usePinnedData: true,
      answer,
      run,
    });
    // The editor may look at the run at once.
    await deps.writer.flush();
    return started;
  } catch (error) {
    await deps.db.inWorkspace(workspace, ({ testListeners }) => testListeners.giveBack(listener));
    throw error;
  }
}
