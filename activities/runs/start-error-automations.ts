/**
 * Starts the error automation of each run that failed: the one that the version of the run names, or else the workspace's. The id of
 * the run it starts follows from the failed run, so it is one run however often the failure is announced.
 *
 * Nothing is started for runs from the editor's draft, whose builder is looking at them; for a run that another one waits for, unless
 * its own automation names an error automation: the caller hears of it; and for anything that an error automation did itself, which
 * could go on for ever.
 */
import type { JsonObject } from '../../contracts/json.ts';
import type { Database, EndedRun, EndedRunSurroundings, Log } from '../../db/index.ts';
import type { RunDeps } from '../../runs/run-deps.ts';
import { startPublished } from '../../runs/start-published.ts';
import { runIdOf } from '../../runs/start-run.ts';
import type { VersionGraph, VersionGraphs } from '../../runs/version-graphs.ts';
import type { EndedRunListener } from '../records/announce-ended-runs.ts';

export interface ErrorAutomationsOptions {
  runs: RunDeps;
  graphs: VersionGraphs;
  log: Log;
  /** Where people open a run: `<publicUrl>/runs/<id>`. */
  publicUrl: string;
}

export function createErrorAutomations(options: ErrorAutomationsOptions): EndedRunListener {
  return async (ended) => {
    for (const run of ended) if (run.state === 'failed') await handle(run, options);
  };
}

async function handle(
  run: EndedRun,
  { runs, graphs, log, publicUrl }: ErrorAutomationsOptions,
): Promise<void> {
  if (run.trigger === 'error' || run.version.startsWith('draft:')) return;
  const { db } = runs;
  const surroundings = await db.asSystem(({ endedRuns }) => endedRuns.surroundings(run.run));
  if (!surroundings || surroundings.isOfError) return;
  const graph = await graphs.get(run.version, run.workspace);
  const handler = await handlerOf(run, graph, surroundings, db);
  if (handler === undefined) return;
  const { listeners, known } = await db.inWorkspace(
    run.workspace,
    async ({ subscriptions, runs: records }) => ({
      listeners: await subscriptions.ofAutomation(handler),
      known: await records.get(startedRunOf(run)),
    }),
  );
  if (known) return;
  const listener = listeners.find(({ kind }) => kind === 'error');
  const facts = { run: run.run, workspace: run.workspace, errorAutomation: handler };
  if (!listener) {
    log.warn(facts, 'An error automation is not published, or has no trigger for errors: nobody was told');
    return;
  }
  const items = [{ json: errorOf(run, graph, surroundings, publicUrl) }];
  const started = await startPublished(runs, graphs, listener, {
    kind: 'error',
    items,
    run: startedRunOf(run),
  });
  log.info({ ...facts, started: started?.run }, 'An error automation was started');
}

async function handlerOf(
  { workspace }: EndedRun,
  graph: VersionGraph | undefined,
  { isWaitedFor }: EndedRunSurroundings,
  db: Database,
): Promise<string | undefined> {
  const own = graph?.settings.errorAutomation;
  if (own !== undefined) return own === 'none' ? undefined : own;
  if (isWaitedFor) return undefined;
  return (await db.asSystem(({ workspaces }) => workspaces.flow(workspace))).errorAutomation;
}

function startedRunOf({ run, workspace }: EndedRun): string {
  return runIdOf('error', workspace, run);
}

/** The item that the error automation starts with. */
function errorOf(
  run: EndedRun,
  graph: VersionGraph | undefined,
  { automationName, step }: EndedRunSurroundings,
  publicUrl: string,
): JsonObject {
  const failed = step && { ...step, name: graph?.nodes.get(step.node)?.name ?? step.node };
  const { code, message, hint, details } = run.failure ?? {
    code: 'unknown',
    message: 'It is not known why.',
  };
  return {
    run: { id: run.run, trigger: run.trigger, version: run.version },
    automation: { id: run.automation, name: automationName },
    failure: { code, message, ...(hint && { hint }), ...(details !== undefined && { details }) },
    step: failed ?? null,
    url: `${publicUrl}/runs/${run.run}`,
    startedAt: run.startedAt,
    finishedAt: run.finishedAt,
  };
}
