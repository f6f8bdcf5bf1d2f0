/** What a test does in a workspace, as the API does it: starts runs of a graph, and sets the workspace's limit. */
import type { WorkflowHandle } from '@temporalio/client';
import type { WorkspaceFlow } from '../../contracts/flow.ts';
import type { Graph } from '../../contracts/graph.ts';
import type { RunDeps } from '../../runs/run-deps.ts';
import { type RunStart, startRun } from '../../runs/start-run.ts';
import { workspaceFlowsOf } from '../../runs/workspace-flows.ts';

export interface StartedHere {
  run: string;
  handle: WorkflowHandle;
}

/** Gives what starts a run of a graph by hand: each of a version of its own, of one automation, unless `more` says otherwise. */
export function runStarter(
  deps: RunDeps,
  workspace: string,
): (graph: Graph, more?: Partial<RunStart>) => Promise<StartedHere> {
  let versions = 0;
  return async (graph, more = {}) => {
    const trigger = graph.nodes[0]!;
    const { run, workflowId } = await startRun(deps, {
      workspace,
      automation: { id: 'automation-1', name: 'Test' },
      version: { id: `version-${++versions}`, number: 1 },
      graph,
      trigger: { kind: 'manual', node: trigger.id, name: trigger.name },
      ...more,
    });
    return { run, handle: deps.temporal.workflow.getHandle(workflowId) };
  };
}

/** Undefined takes the limit away. */
export async function limitWorkspace(
  { db }: Pick<RunDeps, 'db'>,
  workspace: string,
  concurrency: WorkspaceFlow['concurrency'],
): Promise<void> {
  await db.asSystem(({ workspaces }) => workspaces.setFlow(workspace, { concurrency: concurrency ?? null }));
  workspaceFlowsOf(db).forget(workspace);
}
