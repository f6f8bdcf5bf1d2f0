/**
 * Runs a program in the foreground: its output is ours, our signals are its, its exit code is the result.
 *
 * The child gets a process group of its own. Otherwise Ctrl-C reaches it twice (from the terminal and from us), and a
 * server that takes the second one for "at once" would be cut off in the middle of its orderly stop.
 * It is leashed (scripts/leash.sh), so that it cannot stay behind when this process is killed.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';
import { say } from './say.mjs';

/** Seconds that a leashed child gets to stop in order once its parent is dead. */
const ORPHAN_GRACE_SECONDS = 10;
/** npm and the terminal both pass one Ctrl-C on: a second signal within this time (ms) is the same key press. */
const SAME_KEY_PRESS = 1000;

/**
 * @param {string} command program
 * @param {string[]} args
 * @param {{ env?: Record<string, string | undefined>, cwd?: string, quiet?: boolean }} [options]
 *   `quiet` collects the output and returns it instead of showing it.
 * @returns {Promise<{ code: number, output: string }>} code: 128 + n when a signal ended it. Never rejects on failure.
 */
export function runChild(command, args, { env = process.env, cwd = root, quiet = false } = {}) {
  const leash = readFileSync(join(root, 'scripts', 'leash.sh'), 'utf8');
  const output = quiet ? 'pipe' : 'inherit';
  const child = spawn('sh', ['-c', leash, 'leash', 'TERM', String(ORPHAN_GRACE_SECONDS), command, ...args], {
    cwd,
    env,
    detached: true,
    stdio: ['pipe', output, output],
  });
  child.stdin.on('error', () => {}); // the watcher is gone together with the child

  let collected = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      collected += chunk;
    });
  }

  let firstSignalAt = 0;
  const forward = (signal) => {
    if (firstSignalAt === 0) {
      firstSignalAt = Date.now();
      child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
      return;
    }
    if (Date.now() - firstSignalAt < SAME_KEY_PRESS) return;
    say('Stopping at once.');
    child.kill('SIGKILL');
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, forward);
  const parentWatch = whenNpmDies(() => forward('SIGTERM'));

  return new Promise((resolve) => {
    const finish = (code) => {
      child.stdin.end('free\n');
      for (const signal of signals) process.off(signal, forward);
      clearInterval(parentWatch);
      resolve({ code, output: collected });
    };
    child.once('error', (error) => {
      collected += error.message;
      finish(127);
    });
    child.once(quiet ? 'close' : 'exit', (code, signal) => finish(code ?? 128 + signalNumber(signal)));
  });
}

/**
 * npm passes signals on, but not its own kill -9. Watched only where npm started us: a shell may well end before what
 * it started (nohup, disown), npm never does.
 */
function whenNpmDies(then) {
  if (!process.env.npm_lifecycle_event) return undefined;
  const before = npmAncestry();
  const watch = setInterval(() => {
    if (npmAncestry() === before) return;
    clearInterval(watch);
    then();
  }, 500);
  return watch;
}

/** Our parent, which is npm or the shell that npm runs scripts with; in the latter case that shell's parent too. */
function npmAncestry() {
  try {
    const stat = readFileSync(`/proc/${process.ppid}/stat`, 'utf8');
    const [, name, parentOfParent] = /\((.*)\) \S (\d+)/s.exec(stat);
    return /^(sh|dash|bash|ash|busybox)$/.test(name)
      ? `${process.ppid} ${parentOfParent}`
      : `${process.ppid}`;
  } catch {
    return `${process.ppid}`; // no /proc: a Mac, whose shell gives its place to the command
  }
}

function signalNumber(signal) {
  return { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }[signal] ?? 1;
}
