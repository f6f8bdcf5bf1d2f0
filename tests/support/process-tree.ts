/** Who belongs to a process, and how to kill all of it as a power cut would: no signal that can be caught, no order. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { processIdentity } from '../../scripts/stack/process-identity.ts';

export interface ProcessInfo {
  pid: number;
  /** Tells it from a later process with the same pid. */
  identity: string;
  parent: number;
  /** Process group; a leash's watcher has lost its parent and is known by its group only. */
  group: number;
  args: string[];
}

type Listed = Omit<ProcessInfo, 'identity'>;

/** The process, its descendants, and everybody in a process group that one of them leads. */
export function processTree(root: number): ProcessInfo[] {
  const all = listProcesses();
  const tree = new Set([root]);
  for (let before = 0; before !== tree.size; ) {
    before = tree.size;
    for (const { pid, parent, group } of all) if (tree.has(parent) || tree.has(group)) tree.add(pid);
  }
  return all.flatMap((process) => {
    const identity = tree.has(process.pid) ? processIdentity(process.pid) : undefined;
    return identity === undefined ? [] : [{ ...process, identity }];
  });
}

/** kill -9 of every one of them; resolves when all are gone, their ports and files with them. */
export async function killProcesses(processes: readonly ProcessInfo[]): Promise<void> {
  for (const { pid } of alive(processes)) kill(pid);
  while (alive(processes).length > 0) await sleep(10);
}

/** Those of them that still run. */
export function alive(processes: readonly ProcessInfo[]): ProcessInfo[] {
  return processes.filter(({ pid, identity }) => processIdentity(pid) === identity);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function listProcesses(): Listed[] {
  return process.platform === 'linux' ? listFromProc() : listFromPs();
}

function listFromProc(): Listed[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        // The program's name is in brackets and may hold anything: count from the last one.
        const [, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        const args = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0').slice(0, -1);
        return [{ pid: Number(name), parent: Number(parent), group: Number(group), args }];
      } catch {
        return []; // it ended while we looked
      }
    });
}

function listFromPs(): Listed[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,pgid=,args='], { encoding: 'utf8' });
  return stdout.split('\n').flatMap((line) => {
    const [pid, parent, group, ...args] = line.trim().split(/\s+/);
    if (!pid) return [];
    return [{ pid: Number(pid), parent: Number(parent), group: Number(group), args }];
  });
}
