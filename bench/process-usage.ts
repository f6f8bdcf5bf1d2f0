/** CPU time and memory of processes, from /proc (Linux); zeros elsewhere. */
import { readFileSync } from 'node:fs';

const ticksPerSecond = 100;

/** User and system milliseconds used so far. */
export function cpuMs(pids: readonly number[]): number {
  return sum(pids, (pid) => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    return ((Number(fields[11]) + Number(fields[12])) * 1_000) / ticksPerSecond;
  });
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

function sum(pids: readonly number[], read: (pid: number) => number): number {
  return pids.reduce((total, pid) => {
    try {
      return total + read(pid);
    } catch {
      return total; // ended, or not Linux
    }
  }, 0);
}
