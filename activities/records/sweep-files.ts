/**
 * Takes away what is left of uploads: those that nobody completed, what came through a link after all, the rows of refused ones, pictures
 * and attachments that nobody refers to, and parts that were never put together. Any number of processes may do it at once, and die
 * while they do: what is due stays due until it is gone.
 */
import type { Database, Log, StoredFile } from '../../db/index.ts';
import { arrivingKey, type ObjectStore, thumbnailKey, uploadedKey } from '../../storage/index.ts';
import { createPasses, type Passes } from './passes.ts';

export interface FileSweepOptions {
  db: Database;
  store: ObjectStore;
  log: Log;
  /** Milliseconds from the end of one pass to the next, default an hour. */
  everyMs?: number | undefined;
}

const atOnce = 100;
const day = 24 * 3_600;
/** Seconds after which a file that is referred to is looked at again. */
const nextLook = 7 * day;
/** Milliseconds that parts may lie without being put together: no step and no upload takes as long. */
const partsLife = 7 * day * 1_000;

/** One pass. Returns how many files are gone, and how many uploads in parts were given up. */
export async function sweepFiles({ db, store, log }: Omit<FileSweepOptions, 'everyMs'>) {
  let removed = 0;
  for (;;) {
    const due = await db.asSystem(({ files }) => files.due(atOnce));
    let failed = 0;
    for (const file of due)
      try {
        if (await sweep({ db, store }, file)) removed += 1;
      } catch (error) {
        failed += 1;
        log.warn({ err: error, file: file.id }, 'A file could not be swept; next try later');
      }
    if (due.length < atOnce || failed > 0) break;
  }
  const aborted = await store.uploads.abortOld(new Date(Date.now() - partsLife));
  if (removed + aborted > 0) log.info({ removed, aborted }, 'What was left of uploads was taken away');
  return { removed, aborted };
}

export function createFileSweep({ everyMs, ...options }: FileSweepOptions): Passes {
  return createPasses({
    pass: () => sweepFiles(options),
    onError: (error) => options.log.warn({ err: error }, 'Files could not be swept; next try later'),
    everyMs,
  });
}

/** @returns whether the file is gone */
async function sweep(
  { db, store }: Pick<FileSweepOptions, 'db' | 'store'>,
  file: StoredFile,
): Promise<boolean> {
  const remove = () => db.inWorkspace(file.workspace, ({ files }) => files.remove(file.id));
  // Objects before rows: afterwards nobody could tell whose they were.
  await store.delete(arrivingKey(file));
  if (file.state !== 'ready') {
    await store.uploads.abort(uploadedKey(file));
    await store.delete(uploadedKey(file));
    await store.delete(thumbnailKey(file));
    await remove();
    return true;
  }
  const forSomething = file.purpose === 'avatar' || file.purpose === 'chat';
  const isNeeded = await db.inWorkspace(file.workspace, async ({ files }) => {
    if (forSomething && !(await files.isReferred(file.id))) return false;
    await files.swept(file.id, forSomething ? nextLook : undefined);
    return true;
  });
  if (isNeeded) return false;
  const gone = await remove();
  for (const key of gone?.unneeded ?? []) await store.delete(key);
  return true;
}
