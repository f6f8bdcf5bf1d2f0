/** A run that a person or program asks for: of what is published, or of the draft as it is now. */
import type { Graph } from '../../contracts/graph.ts';
import type { Item } from '../../contracts/item.ts';
import { onlyFor, type RerunFrom } from '../../runs/plan-rerun.ts';
import { startRerun } from '../../runs/start-rerun.ts';
import { runIdOf, type StartedRun, startRun, variablesNow } from '../../runs/start-run.ts';
import { toVersionGraph, variablesOf } from '../../runs/version-graphs.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem, notFound } from '../problems.ts';
import { chooseTrigger } from './choose-trigger.ts';
import { draftSource, type RunSource } from './draft-source.ts';
import { refusal } from './rerun.ts';

export interface HandStart {
  workspace: string;
  automation: string;
  draft: boolean;
  /** A trigger node's id. */
  trigger?: string | undefined;
  part?: { node: string; onwards: boolean; reuse?: string | undefined } | undefined;
  items?: Item[] | undefined;
  /** Id of the user who asks; left out for a service account. */
  startedBy?: string | undefined;
  /** Makes the run unique: the same key finds the same run, even when we died before we could say so. */
  idempotencyKey?: string | undefined;
}

/** @throws ApiProblem `not-found`, `not-published`, `no-trigger`, `invalid-graph` */
export async function startByHand(
  deps: ApiDeps,
  { workspace, automation: id, draft, trigger: wanted, items, part, startedBy, idempotencyKey }: HandStart,
): Promise<StartedRun> {
  const stored = await deps.db.inWorkspace(workspace, ({ automations }) => automations.get(id));
  if (!stored) throw notFound('automation');
  const source = draft ? draftSource(stored) : await ofPublished(deps, workspace, id);
  const run = idempotencyKey && runIdOf('api', workspace, id, idempotencyKey);
  if (part?.reuse !== undefined && draft) {
    const from: RerunFrom = { kind: 'node', node: part.node, alone: !part.onwards };
    const result = await startRerun(
      deps,
      { workspace, run: part.reuse, from, version: 'draft', items, startedBy },
      run,
    );
    if (result.kind === 'refused') throw refusal(result.code, part.reuse);
    await deps.writer.flush();
    return result;
  }
  const node = chooseTrigger(source.full, wanted);
  const started = await startRun(deps, {
    workspace,
    automation: { id, name: stored.name },
    version: source.version,
    graph: source.graph,
    trigger: { kind: 'manual', node: node.id, name: node.name },
    items,
    variables: await variablesNow(deps, workspace, variablesOf(source.full)),
    usePinnedData: draft,
    startedBy,
    ...(part && { rerun: { anew: [], only: partOf(source.full, part, node.id) } }),
    run,
  });
  // Who gets the id may read the run at once.
  await deps.writer.flush();
  return started;
}

/** @throws ApiProblem `node-gone` */
function partOf(graph: Graph, { node, onwards }: { node: string; onwards: boolean }, trigger: string) {
  if (!graph.nodes.some(({ id }) => id === node)) throw new ApiProblem('node-gone');
  return onlyFor(graph, { node, alone: !onwards }, trigger);
}

async function ofPublished({ db }: ApiDeps, workspace: string, automation: string): Promise<RunSource> {
  const published = await db.inWorkspace(workspace, ({ automations }) => automations.published(automation));
  if (!published) throw new ApiProblem('not-published');
  const { id, number } = published.version;
  return { version: { id, number }, full: published.graph, graph: toVersionGraph(published.graph).inline };
}
