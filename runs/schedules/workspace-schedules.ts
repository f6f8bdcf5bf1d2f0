/** The schedules of a whole workspace: they stop when it is deleted, and tick again when it is restored. */
import { removeSchedules, type ScheduleDeps, syncSchedules } from './sync-schedules.ts';

/** Doing it again changes nothing. @throws what Temporal throws */
export async function stopSchedulesOf(deps: ScheduleDeps, workspace: string): Promise<void> {
  const published = await deps.db.asSystem(({ workspaces }) => workspaces.published(workspace));
  for (const { id } of published) await removeSchedules(deps, { workspace, automation: id });
}

/** Doing it again changes nothing. @throws what Temporal throws */
export async function startSchedulesOf(deps: ScheduleDeps, workspace: string): Promise<void> {
  const published = await deps.db.asSystem(({ workspaces }) => workspaces.published(workspace));
  for (const { id } of published) await syncSchedules(deps, { workspace, automation: id });
}
