/** Starts a run of what is published of an automation, at one of its triggers: for events, forms, other runs, whatever listens. */
import type { Item } from '../contracts/item.ts';
import type { RunInput, RunTrigger } from '../contracts/run.ts';
import type { RunDeps } from './run-deps.ts';
import { type StartedRun, startRun, variablesNow } from './start-run.ts';
import type { VersionGraphs } from './version-graphs.ts';

/** Who listens: a row of `subscriptions` or `webhooks` has all of it. */
export interface PublishedTarget {
  workspace: string;
  automation: { id: string; name: string };
  version: { id: string; number: number };
  /** The trigger node. */
  node: string;
}

export interface PublishedStart {
  kind: RunTrigger;
  items: Item[];
  /** From `runIdOf`: what makes the run one of its kind, so that starting it twice makes one. Left out: a new run each time. */
  run?: string | undefined;
  answer?: RunInput['answer'];
  returns?: RunInput['returns'];
  startedBy?: string | undefined;
}

/** @returns undefined when the version or the node is not there any more. @throws ServiceError when Temporal can't be reached */
export async function startPublished(
  deps: RunDeps,
  graphs: VersionGraphs,
  { workspace, automation, version, node }: PublishedTarget,
  { kind, items, run, answer, returns, startedBy }: PublishedStart,
): Promise<StartedRun | undefined> {
  const graph = await graphs.get(version.id, workspace);
  const trigger = graph?.nodes.get(node);
  if (!graph || !trigger) return undefined;
  return await startRun(deps, {
    workspace,
    automation,
    version,
    graph: graph.inline,
    trigger: { kind, node, name: trigger.name },
    items,
    variables: await variablesNow(deps, workspace, graph.variables),
    priority: graph.settings.priority,
    run,
    answer,
    returns,
    startedBy,
  });
}
