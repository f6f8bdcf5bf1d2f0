import { join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';
import { findExecutable, isExecutable } from './find-executable.ts';
import { installWithGo } from './go-install.ts';
import type { Say } from './say.ts';
import { withLock } from './with-lock.ts';

interface GoProgram {
  /** What people call it, and the program's name on PATH. */
  name: string;
  /** What to install, without the version. */
  module: string;
  version: string;
  /** Minutes that the first build takes on two cores, for whoever waits. */
  minutes: number;
}

/** A program of the tests that is a Go module: found on PATH or in our cache, otherwise built with Go, once. */
export async function findGoProgram(
  { name, module, version, minutes }: GoProgram,
  { say }: { say: Say },
): Promise<{ path: string } | { skipped: string }> {
  const onPath = findExecutable([name]);
  if (onPath) return { path: onPath };
  // Go names a program after the last folder of its module.
  const cached = join(cacheFolder(), `${name}-${version}`, module.slice(module.lastIndexOf('/') + 1));
  if (isExecutable(cached)) return { path: cached };
  return withLock(
    join(cacheFolder(), `${name}.lock`),
    async () => {
      if (isExecutable(cached)) return { path: cached };
      const saying = `Building ${name} with Go for the tests (${minutes === 1 ? 'a minute' : `${minutes} minutes`}, once)`;
      const problem = await installWithGo(`${module}@${version}`, cached, { say, saying });
      return problem === undefined ? { path: cached } : { skipped: problem };
    },
    () => say(`Another Hiviex command is getting ${name}: waiting for it …`),
  );
}
