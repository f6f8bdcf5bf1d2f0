/**
 * One Hiviex per data folder: the embedded database takes one process at a time, and two would destroy it.
 * What a killed start left behind is ended first; a running one is left alone (AlreadyRunning).
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { endLeftover, removePidFile, writePidFile } from './pid-file.ts';
import type { Say } from './say.ts';
import { withLock } from './with-lock.ts';

export interface Claim {
  /** Gives the folder free again: the last thing a process does. */
  release(): void;
}

/**
 * Our own parent counts as the owner: with it alive, a second start is refused; with it dead, we are a leftover.
 *
 * @param dataDir made when missing
 */
export async function claimDataFolder(dataDir: string, { say }: { say: Say }): Promise<Claim> {
  const pidFile = join(dataDir, 'run', 'hiviex.pid');
  mkdirSync(join(dataDir, 'run'), { recursive: true });
  await withLock(join(dataDir, 'run', 'claim.lock'), async () => {
    await endLeftover(pidFile, { what: 'Hiviex', say });
    writePidFile(pidFile, process.pid, process.ppid);
  });
  return { release: () => removePidFile(pidFile) };
}
