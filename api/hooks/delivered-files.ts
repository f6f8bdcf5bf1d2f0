import { randomUUID } from 'node:crypto';
import { createFiles, type Files, type ObjectStore, type RunName } from '../../storage/index.ts';

/** Files that come in for a run that begins with them, or goes on; `discard` takes them away again when it doesn't. */
export function deliveredFiles(
  store: ObjectStore,
  run: RunName,
  maxBytes: number,
): { files: Files; discard(): Promise<void> } {
  const keys: string[] = [];
  // Not named by the delivery: a second one with the same key must not touch the files of the run that is there.
  const files = createFiles({ store, ...run, maxBytes, idOf: () => randomUUID() });
  return {
    files: {
      ...files,
      async save(body, options) {
        const saved = await files.save(body, options);
        keys.push(saved.key);
        return saved;
      },
    },
    async discard() {
      await Promise.allSettled(keys.map((key) => store.delete(key)));
    },
  };
}
