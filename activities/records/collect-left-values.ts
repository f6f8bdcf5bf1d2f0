/**
 * Deletes large values (room payloads/) that workflows have left in the object store which are no runs of automations: those go with
 * their runs. Temporal is asked, and the records.
 *
 * - Of a workflow that works, what its present execution began with and took in since is needed; what is older, by nobody.
 * - One that has ended can be looked at for a day. A run of an agent, for as long as its record is kept.
 * - Where a conversation or the record of a run is gone, nothing of it stays, once it has ended. What was put in the last two hours is
 *   left alone: a run is given its values before there is a record of it.
 *
 * A value that is needed anew is put again when it is older than an hour, so what is deleted here, by its age, is nobody's.
 */
import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import type { Database, Log } from '../../db/index.ts';
import { type ObjectInfo, type ObjectStore, otherPrefix, workflowOfKey } from '../../storage/index.ts';
import { createPasses, type Passes } from './passes.ts';

export interface LeftValuesOptions {
  client: Client;
  db: Database;
  store: ObjectStore;
  log: Log;
}

const hour = 3_600_000;
const day = 24 * hour;
/** What an execution begins with was put at most an hour before, and its task took its time. */
const beforeStart = 2 * hour;
/** Nothing was put before. */
const always = 0;

/** One pass. Returns how many values went. @throws when Temporal, the database or the store is away */
export async function collectLeftValues({ client, db, store, log }: LeftValuesOptions): Promise<number> {
  let count = 0;
  for (const workspace of await db.asSystem(({ workspaces }) => workspaces.ids())) {
    const needed = once((workflowId) => neededSince({ client, db }, workspace, workflowId));
    for await (const { key, putAt } of store.list(otherPrefix(workspace))) {
      const workflowId = workflowOfKey(workspace, key);
      if (workflowId === undefined) continue;
      const since = await needed(workflowId);
      if (putAt >= since || !isOlder(await store.head(key), since)) continue;
      await store.delete(key);
      count += 1;
    }
  }
  if (count > 0) log.info({ values: count }, 'Large values that workflows have left were deleted');
  return count;
}

/** Between the list and now it may have been put again. */
function isOlder(value: ObjectInfo | undefined, since: number): boolean {
  return value !== undefined && value.putAt < since;
}

/** The moment (epoch ms) from which on values of a workflow are needed. */
async function neededSince(
  { client, db }: Pick<LeftValuesOptions, 'client' | 'db'>,
  workspace: string,
  workflowId: string,
): Promise<number> {
  const startedAt = await runningSince(client, workflowId);
  const record = await recordOf(db, workspace, workflowId);
  if (record === 'kept') return always;
  if (startedAt !== undefined) return startedAt - beforeStart;
  return Date.now() - (record === 'gone' ? beforeStart : day);
}

/** Undefined: it has ended, or Temporal does not know it any more. */
async function runningSince(client: Client, workflowId: string): Promise<number | undefined> {
  try {
    const { status, startTime } = await client.workflow.getHandle(workflowId).describe();
    return status.name === 'RUNNING' ? startTime.getTime() : undefined;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}

/** `kept`: its values are to be looked at as long as its record is. `gone`: it had one. `other`: neither. */
async function recordOf(
  db: Database,
  workspace: string,
  workflowId: string,
): Promise<'kept' | 'gone' | 'other'> {
  const [kind, , ...ids] = workflowId.split(':');
  const id = ids.at(-1) ?? '';
  return db.inWorkspace(workspace, async ({ agentRuns, chat }) => {
    if (kind === 'agent') return (await agentRuns.get(id)) ? 'kept' : 'gone';
    if (kind === 'conversation') return (await chat.conversations.ownerOf(id)) ? 'other' : 'gone';
    return 'other';
  });
}

/** Asks for each workflow once. */
function once(ask: (workflowId: string) => Promise<number>): (workflowId: string) => Promise<number> {
  const known = new Map<string, Promise<number>>();
  return (workflowId) => {
    const answer = known.get(workflowId) ?? ask(workflowId);
    known.set(workflowId, answer);
    return answer;
  };
}

export function createLeftValueCollection(options: LeftValuesOptions): Passes {
  return createPasses({
    pass: () => collectLeftValues(options),
    onError: (error) =>
      options.log.warn(
        { err: error },
        'Values that workflows have left could not be deleted; next try later',
      ),
    everyMs: hour,
  });
}
