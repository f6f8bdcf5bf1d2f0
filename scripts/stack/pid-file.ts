/**
 * A pid file that says which process runs something, and on whose behalf. It is the second safety net behind the leash:
 * when a kill -9 takes the parent and the watcher together, the next start finds the orphan here and ends it.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { processIdentity } from './process-identity.ts';
import type { Say } from './say.ts';

interface ProcessMark {
  pid: number;
  /** from processIdentity: the pid alone may have been given to a stranger meanwhile */
  identity: string;
}

interface PidRecord extends ProcessMark {
  owner: ProcessMark;
}

/** Thrown by endLeftover when the recorded process is somebody's running server, not an orphan. */
export class AlreadyRunning extends Error {
  readonly pid: number;
  constructor(what: string, pid: number) {
    super(
      `${what} is already running here (process ${pid}). Stop that one first, or give this one another data folder.`,
    );
    this.name = 'AlreadyRunning';
    this.pid = pid;
  }
}

/** Records that `pid` runs on behalf of `owner` (by default: this process). */
export function writePidFile(path: string, pid: number, owner: number = process.pid): void {
  const record: PidRecord = { ...markOf(pid), owner: markOf(owner) };
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, JSON.stringify(record));
  renameSync(`${path}.new`, path);
}

export function removePidFile(path: string): void {
  rmSync(path, { force: true });
}

/**
 * Ends what an earlier, killed start left behind, and waits until it is gone. Does nothing when nothing runs.
 * Throws AlreadyRunning when the recorded process and its owner both live.
 *
 * @param grace milliseconds between SIGTERM and SIGKILL
 */
export async function endLeftover(
  path: string,
  { what, say, grace = 10_000 }: { what: string; say: Say; grace?: number },
): Promise<void> {
  const record = readRecord(path);
  if (!record || !isAlive(record)) return removePidFile(path);
  if (isAlive(record.owner)) throw new AlreadyRunning(what, record.pid);

  say(`Ending ${what} left over from a start that was killed (process ${record.pid}).`);
  signal(record.pid, 'SIGTERM');
  const deadline = Date.now() + grace;
  while (isAlive(record)) {
    if (Date.now() > deadline) signal(record.pid, 'SIGKILL');
    await delay(25);
  }
  removePidFile(path);
}

function markOf(pid: number): ProcessMark {
  return { pid, identity: processIdentity(pid) ?? 'gone' };
}

function isAlive(mark: ProcessMark): boolean {
  return processIdentity(mark.pid) === mark.identity;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Undefined for a file that is missing or was cut short by a power loss: then nothing is known, and nothing is ended. */
function readRecord(path: string): PidRecord | undefined {
  try {
    const record = JSON.parse(readFileSync(path, 'utf8')) as PidRecord;
    const whole =
      Number.isInteger(record.pid) && record.pid > 1 && Boolean(record.identity && record.owner?.identity);
    return whole ? record : undefined;
  } catch {
    return undefined;
  }
}
