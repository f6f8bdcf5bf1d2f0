/**
 * Deletes large values (room payloads/) that gates have left in the object store. Those of runs go with their runs; a gate has no row,
 * so Temporal is asked. One that works needs what its present execution began with and took in since; one that has ended, nothing.
 *
 * A value that is needed anew is put again when it is older than an hour, so what is deleted here, by its age, is nobody's.
 */
import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import { gateWorkflow } from '../../contracts/gates.ts';
import type { Database, Log } from '../../db/index.ts';
import { type ObjectInfo, type ObjectStore, otherPrefix, workflowOfKey } from '../../storage/index.ts';
import { createPasses, type Passes } from './passes.ts';

export interface GateValuesOptions {
  client: Client;
  db: Database;
  store: ObjectStore;
  log: Log;
}

const hour = 3_600_000;
const day = 24 * hour;
/** What an execution begins with was put at most an hour before, and its task took its time. */
const beforeStart = 2 * hour;

/** One pass. Returns how many values went. @throws when Temporal, the database or the store is away */
export async function collectGateValues({ client, db, store, log }: GateValuesOptions): Promise<number> {
  let count = 0;
  for (const workspace of await db.asSystem(({ workspaces }) => workspaces.ids())) {
    const needed = neededSince(client);
    for await (const { key, putAt } of store.list(otherPrefix(workspace))) {
      const workflowId = workflowOfKey(workspace, key);
      if (!workflowId?.startsWith(`${gateWorkflow}:`) || putAt > Date.now() - day) continue;
      const since = await needed(workflowId);
      if (putAt >= since || !isOlder(await store.head(key), since)) continue;
      await store.delete(key);
      count += 1;
    }
  }
  if (count > 0) log.info({ values: count }, 'Large values that gates have left were deleted');
  return count;
}

/** Between the list and now it may have been put again. */
function isOlder(value: ObjectInfo | undefined, since: number): boolean {
  return value !== undefined && value.putAt < since;
}

/** Of each workflow, asked for once: the moment (epoch ms) from which on its values are needed. */
function neededSince(client: Client): (workflowId: string) => Promise<number> {
  const known = new Map<string, Promise<number>>();
  const ask = async (workflowId: string) => {
    try {
      const { status, startTime } = await client.workflow.getHandle(workflowId).describe();
      // For a day the one that has ended can be looked at.
      return status.name === 'RUNNING' ? startTime.getTime() - beforeStart : Date.now() - day;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return Date.now() - day;
      throw error;
    }
  };
  return (workflowId) => {
    const answer = known.get(workflowId) ?? ask(workflowId);
    known.set(workflowId, answer);
    return answer;
  };
}

export function createGateValueCollection(options: GateValuesOptions): Passes {
  return createPasses({
    pass: () => collectGateValues(options),
    onError: (error) =>
      options.log.warn({ err: error }, 'Values that gates have left could not be deleted; next try later'),
    everyMs: day,
  });
}
