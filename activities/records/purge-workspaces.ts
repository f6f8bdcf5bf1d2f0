/**
 * Purges workspaces whose 30 days of grace are over: their runs that still go on are ended, then every row goes but the audit log's,
 * which no role of ours may delete from: what happened stays said, under an id that leads nowhere. Removing those rows is for an
 * administrator of the database.
 *
 * Any number of processes may do it at once, and die while they do: each statement deletes what is still there.
 */
import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import type { Database, Log } from '../../db/index.ts';
import { deleteWorkspaceObjects, type ObjectStore } from '../../storage/index.ts';
import { createPasses, type Passes } from './passes.ts';

export interface PurgeOptions {
  client: Client;
  db: Database;
  /** Their files and large values go too. */
  store: ObjectStore;
  log: Log;
  /** Milliseconds from the end of one pass to the next, default an hour. */
  everyMs?: number | undefined;
}

/** One pass. Returns the workspaces that are gone. @throws when Temporal or the database is away: what was due stays due. */
export async function purgeDeletedWorkspaces({
  client,
  db,
  store,
  log,
}: Pick<PurgeOptions, 'client' | 'db' | 'store' | 'log'>): Promise<string[]> {
  const purged: string[] = [];
  for (const { id, openWorkflows } of await db.asSystem(({ workspaces }) => workspaces.due())) {
    // Before their rows go: afterwards nobody could tell which workflows were of this workspace.
    for (const workflowId of openWorkflows) await terminate(client, workflowId);
    await deleteWorkspaceObjects(store, id);
    if (!(await db.asSystem(({ workspaces }) => workspaces.purge(id)))) continue;
    purged.push(id);
    log.info({ workspace: id, ended: openWorkflows.length }, 'A deleted workspace was purged');
  }
  return purged;
}

export function createWorkspacePurge({ everyMs, ...options }: PurgeOptions): Passes {
  return createPasses({
    pass: () => purgeDeletedWorkspaces(options),
    onError: (error) =>
      options.log.warn({ err: error }, 'Deleted workspaces could not be purged; next try later'),
    everyMs,
  });
}

async function terminate(client: Client, workflowId: string): Promise<void> {
  try {
    await client.workflow.getHandle(workflowId).terminate('The workspace was deleted and its grace is over.');
  } catch (error) {
    // Ended or gone by itself.
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}
