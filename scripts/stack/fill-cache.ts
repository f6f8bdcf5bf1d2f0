import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';

/**
 * Lets `get` put a program, called as `target` is, into a fresh folder and moves that in place whole: nobody ever meets a
 * half-written program. The caller holds the lock of this program. Returns the reason when there is none.
 */
export async function fillCache(
  target: string,
  get: (folder: string) => Promise<string | undefined>,
): Promise<string | undefined> {
  const name = basename(target);
  const folder = join(cacheFolder(), `${name}.part`);
  rmSync(folder, { recursive: true, force: true }); // of a build that was killed: we hold the lock, so nobody works in it
  mkdirSync(folder, { recursive: true });
  try {
    const problem = await get(folder);
    if (problem) return problem;
    mkdirSync(dirname(target), { recursive: true });
    renameSync(join(folder, name), target);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
