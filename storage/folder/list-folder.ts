import { opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ObjectInfo } from '../object-store.ts';
import { unavailable } from '../storage-error.ts';

/** Objects below `prefix`, one folder open at a time at each depth; what vanishes meanwhile is left out. */
export async function* listFolder(root: string, prefix: string): AsyncGenerator<ObjectInfo> {
  for await (const entry of entriesOf(join(root, prefix))) {
    const key = prefix + entry.name;
    if (entry.isDirectory()) {
      yield* listFolder(root, `${key}/`);
      continue;
    }
    const found = await stat(join(root, key)).catch(() => undefined);
    if (found) yield { key, bytes: found.size, putAt: found.mtimeMs };
  }
}

async function* entriesOf(path: string) {
  try {
    yield* await opendir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw unavailable(error);
  }
}
