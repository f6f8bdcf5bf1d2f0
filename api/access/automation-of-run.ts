/** Runs are shared with their automation: its grants decide. */
import type { ApiDeps } from '../deps.ts';
import type { Resource } from '../route.ts';

/** Undefined: there is no such run in this workspace. */
export async function automationOfRun(
  run: string,
  { workspace, db }: { workspace: string; db: ApiDeps['db'] },
): Promise<Resource | undefined> {
  const found = await db.inWorkspace(workspace, ({ runs }) => runs.get(run));
  return found && { type: 'automation', id: found.automation.id };
}
