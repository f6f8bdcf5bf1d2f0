/** Runs of an agent are shared with it. */
import type { ApiDeps } from '../deps.ts';
import type { Resource } from '../route.ts';

/** Undefined: the workspace has no such run. */
export async function agentOfRun(
  run: string,
  { workspace, db }: { workspace: string; db: ApiDeps['db'] },
): Promise<Resource | undefined> {
  const found = await db.inWorkspace(workspace, ({ agentRuns }) => agentRuns.get(run));
  return found && { type: 'agent', id: found.agent.id };
}
