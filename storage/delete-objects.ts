import type { RunName } from './file-keys.ts';
import { runPrefix, workflowPrefix, workspacePrefix } from './object-keys.ts';
import type { ObjectStore } from './object-store.ts';
import { mediaPrefix } from './uploaded-keys.ts';

/** Deletes at a time. */
const atOnce = 16;

/** Takes away everything that belongs to a run: its files and its large values. @returns how many objects, and their bytes */
export function deleteRunObjects(store: ObjectStore, run: RunName): Promise<Deleted> {
  return deleteObjects(store, runPrefix(run));
}

/** The same of a workflow that is no run of an automation, by its id. */
export async function deleteWorkflowObjects(
  store: ObjectStore,
  { workspace, workflowId }: { workspace: string; workflowId: string },
): Promise<Deleted> {
  const prefix = workflowPrefix(workspace, workflowId);
  return prefix === undefined ? { objects: 0, bytes: 0 } : deleteObjects(store, prefix);
}

export async function deleteWorkspaceObjects(store: ObjectStore, workspace: string): Promise<Deleted> {
  const own = await deleteObjects(store, workspacePrefix(workspace));
  const media = await deleteObjects(store, mediaPrefix(workspace));
  return { objects: own.objects + media.objects, bytes: own.bytes + media.bytes };
}

export interface Deleted {
  objects: number;
  bytes: number;
}

async function deleteObjects(store: ObjectStore, prefix: string): Promise<Deleted> {
  const deleted: Deleted = { objects: 0, bytes: 0 };
  let batch: string[] = [];
  const flush = async () => {
    await Promise.all(batch.map((key) => store.delete(key)));
    batch = [];
  };
  for await (const { key, bytes } of store.list(prefix)) {
    deleted.objects += 1;
    deleted.bytes += bytes;
    batch.push(key);
    if (batch.length === atOnce) await flush();
  }
  await flush();
  return deleted;
}
