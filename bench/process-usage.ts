/** CPU time and memory of processes, from /proc (Linux); zeros elsewhere. */
import { readdirSync, readFileSync } from 'node:fs';

const ticksPerSecond = 100;

/** User and system milliseconds used so far. */
export function cpuMs(pids: readonly number[]): number {
  return sum(pids, (pid) => readCpuMs(`/proc/${pid}/stat`));
}

/** Milliseconds used so far by a process's threads. */
export interface ThreadCpu {
  /** JavaScript of the main thread: API, records, activities. */
  main: number;
  /** Worker threads that nobody gave a name: those of Temporal's SDK, which run workflows (what is measured uses no others). */
  workflow: number;
  /** Temporal's core, garbage collection, cryptography, files. */
  others: number;
}

/** Undefined where there is no /proc, or the process has ended. Node names its threads since version 24. */
export function threadCpuMs(pid: number): ThreadCpu | undefined {
  const used: ThreadCpu = { main: 0, workflow: 0, others: 0 };
  try {
    for (const thread of readdirSync(`/proc/${pid}/task`).map(Number))
      used[kindOf(pid, thread)] += sum([thread], (id) => readCpuMs(`/proc/${pid}/task/${id}/stat`));
    return used;
  } catch {
    return undefined;
  }
}

function kindOf(pid: number, thread: number): keyof ThreadCpu {
  if (thread === pid) return 'main';
  return readFileSync(`/proc/${pid}/task/${thread}/comm`, 'utf8') === 'WorkerThread\n'
    ? 'workflow'
    : 'others';
}

/** Resolves when the processes have done next to nothing for half a second: what was accepted has been worked off. */
export async function idle(pids: readonly number[], withinMs = 60_000): Promise<void> {
  const begin = performance.now();
  for (let before = cpuMs(pids); performance.now() - begin < withinMs; ) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const now = cpuMs(pids);
    if (now - before < 75) return;
    before = now;
  }
}

/** Resident memory in MB. */
export function rssMb(pids: readonly number[]): number {
  return sum(pids, (pid) => {
    const line = readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+) kB/);
    return Number(line?.[1] ?? 0) / 1_024;
  });
}

/** From a stat file: the program's name is in brackets and may hold anything, so fields are counted from the last one. */
function readCpuMs(file: string): number {
  const stat = readFileSync(file, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(') ') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1_000) / ticksPerSecond;
}

function sum(pids: readonly number[], read: (pid: number) => number): number {
  return pids.reduce((total, pid) => {
    try {
      return total + read(pid);
    } catch {
      return total; // ended, or not Linux
    }
  }, 0);
}
