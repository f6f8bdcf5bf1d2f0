/**
 * Everything was sent: the bytes are put where no link reaches them any more, checked, and the file is ready or refused. One process
 * does it for a file at a time; whoever asks meanwhile, or again, is told what came of it.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { StoredFile } from '../../db/index.ts';
import { emitSystemEvent } from '../../runs/events/emit-event.ts';
import { versionGraphsOf } from '../../runs/version-graphs.ts';
import { arrivingKey, StorageError, uploadedKey } from '../../storage/index.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem, notFound } from '../problems.ts';
import { type Checked, checkFile } from './check-file.ts';
import { bytesOfPart, partCount, partedUpload } from './how-to-send.ts';

/** Milliseconds that a caller waits for the check of a large file before it is told to ask again. */
const longestWait = 15_000;
/** Seconds after which the sweep looks for what came after all, through a link that was still good. */
const sweepIn = 24 * 3_600;

/** @returns the file as it is then: `checking` when that takes longer. @throws ApiProblem `upload-incomplete`, `storage-unavailable`, `scanner-unavailable` */
export async function completeUpload(deps: ApiDeps, file: StoredFile): Promise<StoredFile> {
  const { db } = deps;
  const now = async () => {
    const found = await db.inWorkspace(file.workspace, ({ files }) => files.get(file.id));
    if (!found) throw notFound('file');
    return found;
  };
  // Time to read it twice from a slow store; afterwards whoever asks may begin anew.
  const lease = 120 + Math.ceil(file.bytes / 1_000_000);
  const claimed = await db.inWorkspace(file.workspace, ({ files }) => files.claim(file.id, lease));
  if (!claimed) return settled(now);
  const work = check(deps, file);
  // Whoever waited may have been answered by then.
  work.catch((error: unknown) => deps.log.warn({ err: error, file: file.id }, 'An upload was not completed'));
  await Promise.race([work, sleep(longestWait, undefined, { ref: false })]);
  return now();
}

async function settled(now: () => Promise<StoredFile>): Promise<StoredFile> {
  const end = Date.now() + longestWait;
  for (;;) {
    const file = await now();
    if (file.state === 'ready' || file.state === 'refused' || Date.now() > end) return file;
    await sleep(250);
  }
}

async function check(deps: ApiDeps, file: StoredFile): Promise<void> {
  const { db, objects } = deps;
  const at = <T>(work: Parameters<typeof db.inWorkspace<T>>[1]) => db.inWorkspace(file.workspace, work);
  try {
    await gather(deps, file);
    const checked = await checkFile(deps, file);
    const unneeded = await settle(checked);
    for (const key of unneeded) await objects.store.delete(key);
  } catch (error) {
    await at(({ files }) => files.release(file.id));
    if (!(error instanceof StorageError)) throw error;
    throw error.code === 'unavailable' ? new ApiProblem('storage-unavailable') : incomplete();
  }

  async function settle(checked: Checked): Promise<string[]> {
    if (checked.kind === 'refused') {
      await objects.store.delete(uploadedKey(file));
      const { code, values } = checked;
      await at(({ files }) => files.refuse(file.id, { code, values }, sweepIn));
      return [];
    }
    const done = await at(({ files }) => files.settle(file.id, checked.found, sweepIn));
    if (!done) return [];
    await tell(deps, done.file);
    return done.unneeded;
  }
}

/** Puts the bytes at `uploadedKey`, unless an earlier try has. @throws ApiProblem `upload-incomplete`; StorageError */
async function gather({ objects: { store } }: ApiDeps, file: StoredFile): Promise<void> {
  const key = uploadedKey(file);
  const parted = partedUpload(file);
  if (!parted) {
    const arriving = arrivingKey(file);
    if (!(await store.head(arriving))) {
      if (await store.head(key)) return;
      throw incomplete();
    }
    // A copy: through the link, other bytes may come even now.
    await store.copy(arriving, key);
    await store.delete(arriving);
    return;
  }
  if (await store.head(key)) return;
  const arrived = await store.uploads.parts(parted);
  const whole = arrived.filter(({ part, bytes }) => bytes === bytesOfPart(file, part));
  if (whole.length !== partCount(file) || whole.length !== arrived.length) throw incomplete();
  await store.uploads.finish(parted);
}

async function tell(deps: ApiDeps, { id, workspace, name, type, bytes, purpose, createdBy }: StoredFile) {
  await emitSystemEvent({ ...deps, graphs: versionGraphsOf(deps.db) }, workspace, {
    name: 'file.uploaded',
    source: { kind: 'system' },
    data: { file: { id, name, type, bytes, purpose }, by: createdBy },
    key: ['file.uploaded', id],
  });
}

function incomplete(): ApiProblem {
  return new ApiProblem('upload-incomplete');
}
