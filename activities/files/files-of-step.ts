import type { EffectContext } from '../../contracts/effect.ts';
import { createFiles, type Files, type ObjectStore, StorageError, stepFileIds } from '../../storage/index.ts';

export interface FileSettings {
  store: ObjectStore;
  /** Bytes of the largest file. */
  maxBytes: number;
}

/** The files of one step; without a store every use of them fails. A step that is tried again replaces what it saved before. */
export function filesOfStep(
  settings: FileSettings | undefined,
  { workspace, run, idempotencyKey }: EffectContext,
): Files {
  if (!settings) return noFiles;
  return createFiles({ ...settings, workspace, run, idOf: stepFileIds(idempotencyKey) });
}

const none = async () => {
  throw new StorageError('unavailable', 'This worker has no object store.');
};
/** Every use of them fails. */
export const noFiles: Files = { maxBytes: 0, open: none, save: none };
