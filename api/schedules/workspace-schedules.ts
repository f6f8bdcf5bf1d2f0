/** The schedules of a whole workspace: they stop when it is deleted, and tick again when it is restored. */
import type { Client } from '@temporalio/client';
import type { Database } from '../../db/index.ts';
import { removeSchedules, syncSchedules } from './sync-schedules.ts';

interface Deps {
  db: Database;
  temporal: Client;
}

/** Doing it again changes nothing. @throws what Temporal throws */
export async function stopSchedulesOf({ db, temporal }: Deps, workspace: string): Promise<void> {
  const published = await db.asSystem(({ workspaces }) => workspaces.published(workspace));
  for (const { id } of published) await removeSchedules({ db, temporal }, { workspace, automation: id });
}

/** Doing it again changes nothing. @throws what Temporal throws */
export async function startSchedulesOf({ db, temporal }: Deps, workspace: string): Promise<void> {
  const published = await db.asSystem(({ workspaces }) => workspaces.published(workspace));
  for (const automation of published) {
    const found = await db.inWorkspace(workspace, ({ automations }) => automations.published(automation.id));
    if (found) await syncSchedules(temporal, { workspace, automation, ...found, former: [] });
  }
}
