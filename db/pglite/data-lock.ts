/**
 * One process at a time may own a folder. The owner's pid is in a file; the pid of a process that died (kill -9 leaves the file
 * behind) holds nothing. A pid may belong to another program after a reboot, so the time the process started is kept with it.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Owner {
  pid: number;
  /** Ticks since boot as /proc tells them, empty where there is no /proc. */
  started: string;
}

export interface DataLock {
  release(): void;
}

/** @throws Error naming the owner's pid while a living process owns the folder. */
export function lockData(folder: string): DataLock {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'owner.pid');
  const self: Owner = { pid: process.pid, started: startOf(process.pid) };
  // Twice: once for the file as it is, once more after a dead owner's file was removed.
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      writeFileSync(file, JSON.stringify(self), { flag: 'wx' });
      return { release: () => rmSync(file, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const owner = readOwner(file);
    if (owner && isAlive(owner)) {
      throw new Error(
        `The data folder ${folder} is in use by process ${owner.pid}. Stop that process, choose another folder with HIVIEX_DATA_DIR, or set DATABASE_URL to a Postgres that several processes can share.`,
      );
    }
    rmSync(file, { force: true });
  }
  throw new Error(`The data folder ${folder} was taken by another process just now. Try again.`);
}

function readOwner(file: string): Owner | undefined {
  try {
    const owner: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof owner !== 'object' || owner === null || !('pid' in owner) || typeof owner.pid !== 'number') {
      return undefined;
    }
    return { pid: owner.pid, started: 'started' in owner ? String(owner.started) : '' };
  } catch {
    // Half-written by a process that died in the middle, or removed meanwhile: nobody's.
    return undefined;
  }
}

function isAlive({ pid, started }: Owner): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: alive, but another user's.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const now = startOf(pid);
  return started === '' || now === '' || now === started;
}

function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets and may hold spaces; field 22, the start, counts from behind it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? 'dead' : (fields[19] ?? '');
  } catch {
    return '';
  }
}
