/** An upload is given up, or its file: what has arrived of it goes, and what still comes is swept. */
import type { StoredFile } from '../../db/index.ts';
import { arrivingKey, uploadedKey } from '../../storage/index.ts';
import type { ApiDeps } from '../deps.ts';
import { unavailable } from '../files/file-reply.ts';
import { linkSeconds } from './how-to-send.ts';

/** Seconds for which the row stays: until no link could write to it any more. */
const keptSeconds = 2 * linkSeconds;

/** @throws ApiProblem `storage-unavailable`: it is given up all the same, and swept */
export async function dropUpload({ db, objects: { store } }: ApiDeps, file: StoredFile): Promise<void> {
  const removed = await db.inWorkspace(file.workspace, ({ files }) => files.remove(file.id, keptSeconds));
  const keys = removed?.unneeded ?? [];
  // What was never checked is of this file alone.
  const arrived = file.state === 'ready' ? [] : [uploadedKey(file)];
  await Promise.all([
    ...[...keys, ...arrived, arrivingKey(file)].map((key) => store.delete(key)),
    store.uploads.abort(uploadedKey(file)),
  ]).catch(unavailable);
}
