/**
 * Runs `work` while holding a lock that other processes respect too (a folder, since mkdir is atomic everywhere).
 * A lock whose holder has died is taken over.
 */
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { processIdentity } from './process-identity.ts';

/** The holder writes its name right after mkdir; a lock that has none for this long (ms) was cut off in between. */
const NAMELESS_FOR = 5_000;

/** @param onWait called once when another process holds the lock */
export async function withLock<T>(
  path: string,
  work: () => Promise<T>,
  onWait: () => void = () => {},
): Promise<T> {
  let told = false;
  while (!tryLock(path)) {
    if (!told) onWait();
    told = true;
    await delay(200);
  }
  try {
    return await work();
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}

function tryLock(path: string): boolean {
  try {
    mkdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if (isAbandoned(path)) rmSync(path, { recursive: true, force: true });
    return false;
  }
  writeFileSync(join(path, 'holder'), `${process.pid} ${processIdentity(process.pid)}`);
  return true;
}

function isAbandoned(path: string): boolean {
  try {
    const [pid, identity] = readFileSync(join(path, 'holder'), 'utf8').split(' ', 2);
    if (identity) return processIdentity(Number(pid)) !== identity;
    return Date.now() - statSync(path).mtimeMs > NAMELESS_FOR;
  } catch {
    const made = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    return Date.now() - made > NAMELESS_FOR;
  }
}
