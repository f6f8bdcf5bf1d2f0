/**
 * Tells processes apart across the reuse of process ids: a pid written to a file may belong to a stranger by the time
 * it is read again, and a stranger is never to be signalled.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * What is unique to this very process: when it started (`linux:<ticks since boot>` or `ps:<date and time>`).
 * Undefined when there is no such process, or only its zombie: dead, but not yet collected by its parent.
 */
export function processIdentity(pid: number): string | undefined {
  return process.platform === 'linux' ? identityFromProc(pid) : identityFromPs(pid);
}

function identityFromProc(pid: number): string | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // The second field is the program's name in brackets and may hold anything: count from the last bracket.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, threads, startTime] = [fields[0], Number(fields[17]), fields[19]];
  // A main thread that is dead already leaves the port and the files open until the last of the other threads is too.
  const isGone = (state === 'Z' || state === 'X') && threads <= 1;
  return isGone ? undefined : `linux:${startTime}`;
}

function identityFromPs(pid: number): string | undefined {
  const { status, stdout } = spawnSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], {
    encoding: 'utf8',
  });
  const [, state, started] = /^\s*(\S+)\s+(.+?)\s*$/.exec(stdout ?? '') ?? [];
  return status !== 0 || !state || state.startsWith('Z') ? undefined : `ps:${started}`;
}
