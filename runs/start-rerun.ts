/**
 * Starts a run that takes up or repeats another one. What is repeated is the former run's trigger and, where it says so, the outputs
 * of its steps; the new run is a run of its own, linked to the first.
 */
import type { Graph } from '../contracts/graph.ts';
import type { Item } from '../contracts/item.ts';
import { isTerminal } from '../contracts/states.ts';
import type { StoredRun } from '../db/index.ts';
import { planRerun, type RerunFrom, type RerunPlan, type RerunRefusal } from './plan-rerun.ts';
import type { RunDeps } from './run-deps.ts';
import { runInputOf } from './run-input.ts';
import { type StartedRun, startRun, variablesNow } from './start-run.ts';
import { toVersionGraph, variablesOf } from './version-graphs.ts';

export interface RerunRequest {
  workspace: string;
  /** The former run. */
  run: string;
  from: RerunFrom;
  /** The version it had, what is published now, or the draft as it is. */
  version: 'same' | 'latest' | 'draft';
  /** Id of the user who asks. */
  startedBy?: string | undefined;
  /** For the trigger, in place of what it handed on. */
  items?: Item[] | undefined;
  /** For one step, in place of what reached it. */
  input?: { node: string; index: number; items: Item[] } | undefined;
}

/** A version to run, or a graph by value. */
interface Source {
  version: { id: string; number: number };
  full: Graph;
  isDraft: boolean;
}

interface Prepared {
  former: StoredRun;
  source: Source;
  plan: RerunPlan;
}

export type Preparation = { kind: 'ready'; prepared: Prepared } | { kind: 'refused'; code: RerunRefusal };

export type RerunResult =
  | ({ kind: 'started'; plan: RerunPlan } & StartedRun)
  | { kind: 'refused'; code: RerunRefusal };

/** Looks the former run and the graphs up and plans; starts nothing. @throws ServiceError when Temporal can't be reached */
export async function prepareRerun(deps: RunDeps, request: RerunRequest): Promise<Preparation> {
  const { workspace, run, from, items, input } = request;
  const refused = (code: RerunRefusal): Preparation => ({ kind: 'refused', code });
  const former = await deps.db.inWorkspace(workspace, ({ runs }) => runs.get(run));
  if (!former) return refused('not-found');
  if (!isTerminal(former.state)) return refused('run-not-ended');
  if (former.emptiedAt && !items) return refused('outputs-gone');
  const before = await formerSource(deps, workspace, former);
  const source = request.version === 'same' ? before : await currentSource(deps, request, former);
  if (!source) return refused(request.version === 'same' ? 'outputs-gone' : 'not-published');
  const edited = input && source.full.nodes.find(({ id }) => id === input.node);
  if (input && (!edited || !takesEditedInput(edited.type))) return refused('input-not-editable');
  const outcomes = await deps.db.inWorkspace(workspace, ({ steps }) => steps.outcomes(run));
  const plan = planRerun({
    from,
    before: before?.full,
    after: source.full,
    run: former,
    outcomes,
    newItems: items !== undefined,
    editedNode: input?.node,
    pinned: source.isDraft,
  });
  return typeof plan === 'string' ? refused(plan) : { kind: 'ready', prepared: { former, source, plan } };
}

/**
 * @param id from `runIdOf` where asking twice has to make one run
 * @throws ServiceError when Temporal can't be reached; nothing was started then
 */
export async function startRerun(deps: RunDeps, request: RerunRequest, id?: string): Promise<RerunResult> {
  const preparation = await prepareRerun(deps, request);
  if (preparation.kind === 'refused') return preparation;
  const { former, source, plan } = preparation.prepared;
  const { workspace, items, input } = request;
  const lean = toVersionGraph(source.full);
  const started = await startRun(deps, {
    workspace,
    automation: former.automation,
    version: source.version,
    // A draft travels by value, however large: no worker could load it.
    graph: source.isDraft ? source.full : lean.inline,
    trigger: {
      kind: former.trigger,
      node: former.triggerNode,
      name: nameOf(source.full, former.triggerNode),
    },
    items,
    variables: await variablesNow(deps, workspace, variablesOf(source.full)),
    usePinnedData: source.isDraft,
    retryOf: former.id,
    startedBy: request.startedBy,
    rerun: {
      of: { run: former.id, workflowId: former.workflowId },
      anew: plan.anew,
      only: plan.only,
      input,
    },
    run: id,
  });
  return { kind: 'started', plan, ...started };
}

/** The graph that the former run had: its version's, or for a draft what its workflow was given. */
async function formerSource(
  { db, temporal }: RunDeps,
  workspace: string,
  { version, workflowId }: StoredRun,
): Promise<Source | undefined> {
  const stored = await db.asSystem(({ graphs }) => graphs.get(version.id, workspace));
  if (stored) return { version, full: stored, isDraft: false };
  const given = await runInputOf(temporal, workflowId);
  const graph = given?.input.graph;
  return graph && { version: given.input.version, full: graph, isDraft: true };
}

async function currentSource(
  { db }: RunDeps,
  { workspace, version }: RerunRequest,
  { automation: { id } }: StoredRun,
): Promise<Source | undefined> {
  return await db.inWorkspace(workspace, async ({ automations }) => {
    if (version === 'draft') {
      const stored = await automations.get(id);
      return (
        stored && {
          version: { id: `draft:${stored.revision}`, number: 0 },
          full: stored.draft,
          isDraft: true,
        }
      );
    }
    const published = await automations.published(id);
    return (
      published && {
        version: { id: published.version.id, number: published.version.number },
        full: published.graph,
        isDraft: false,
      }
    );
  });
}

/** Merges and loops gather what they work on from several steps. */
function takesEditedInput(type: string): boolean {
  return type !== 'merge' && type !== 'loop';
}

function nameOf(graph: Graph, node: string): string {
  return graph.nodes.find(({ id }) => id === node)?.name ?? node;
}
