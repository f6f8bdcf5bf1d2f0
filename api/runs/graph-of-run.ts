/** The graph that a run runs: its version's, or, of a run of the draft, the draft as it is now. */
import type { Graph } from '../../contracts/graph.ts';
import type { ApiDeps } from '../deps.ts';

/** Undefined when neither is there any more, or the run is not recorded yet. */
export async function graphOfRun(
  { db }: Pick<ApiDeps, 'db'>,
  workspace: string,
  run: string,
): Promise<Graph | undefined> {
  const found = await db.inWorkspace(workspace, ({ runs }) => runs.get(run));
  if (!found) return undefined;
  const published = await db.asSystem(({ graphs }) => graphs.get(found.version.id, workspace));
  if (published) return published;
  const automation = await db.inWorkspace(workspace, ({ automations }) =>
    automations.get(found.automation.id),
  );
  return automation?.draft;
}
