/**
 * A child process that cannot outlive us: it is started through scripts/leash.sh, in a process group of its own.
 *
 * Its own group, because Ctrl-C goes to the whole foreground group: Temporal would stop under the feet of the worker
 * that still has to finish its tasks. We stop our children ourselves, in order.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { removePidFile, writePidFile } from './pid-file.ts';

export interface LeashedOptions {
  command: string;
  args: string[];
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Run as this user and group (only root may). */
  user?: { uid: number; gid: number };
  /**
   * What ends it. Default SIGTERM, in order; Postgres wants SIGINT, since SIGTERM waits for its clients; SIGKILL for
   * what has nothing to lose.
   */
  stopSignal?: 'SIGTERM' | 'SIGINT' | 'SIGKILL';
  /** Seconds until it gets SIGKILL if it is still there. Default 10. */
  graceSeconds?: number;
  /** Where its output goes: kept for output(), or straight to ours. Default `keep`. */
  stdio?: 'keep' | 'inherit' | 'ignore';
  /** Records the child for the next start; removed once it has ended. */
  pidFile?: string;
}

interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface LeashedProcess {
  pid: number;
  /** Settles when the process has ended, whatever way. */
  ended: Promise<Ending>;
  /** The last 8 KB of what it printed (with stdio `keep`): what to show when it does not come up. */
  output(): string;
  /** Ends it in order; resolves when it is gone. May be called twice. */
  stop(): Promise<void>;
}

const leash = readFileSync(new URL('../leash.sh', import.meta.url), 'utf8');
const KEPT_OUTPUT = 8 * 1024;
/** Milliseconds that what a dead process printed last may take to arrive; a grandchild may hold the pipe open for ever. */
const LAST_WORDS = 200;

export function spawnLeashed(options: LeashedOptions): LeashedProcess {
  const { stopSignal = 'SIGTERM', graceSeconds = 10, stdio = 'keep', pidFile, user } = options;
  const out = stdio === 'keep' ? 'pipe' : stdio;
  const child = spawn(
    'sh',
    ['-c', leash, 'leash', stopSignal.slice(3), String(graceSeconds), options.command, ...options.args],
    { cwd: options.cwd, env: options.env, detached: true, stdio: ['pipe', out, out], ...user },
  );
  const output = keepOutput(child);
  const outputRead = once(child, 'close');
  const ended = new Promise<Ending>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', () => resolve({ code: 127, signal: null }));
  }).then(async (ending) => {
    // Without this word the watcher would take our own exit for a death, and signal a pid that is nobody's by then.
    child.stdin?.end('free\n');
    if (pidFile) removePidFile(pidFile);
    await Promise.race([outputRead, delay(LAST_WORDS)]);
    return ending;
  });
  child.stdin?.on('error', () => {}); // the watcher was killed together with the child: nobody reads the word

  const pid = child.pid ?? -1;
  if (pidFile && pid > 0) writePidFile(pidFile, pid);

  return {
    pid,
    ended,
    output,
    async stop() {
      child.kill(stopSignal);
      const late = new AbortController();
      const kill = delay(graceSeconds * 1000, undefined, { signal: late.signal }).then(
        () => child.kill('SIGKILL'),
        () => {},
      );
      await ended;
      late.abort();
      await kill;
    },
  };
}

/** Reads both pipes to their end: a server whose pipe is full stops in the middle of a log line. */
function keepOutput(child: ChildProcess): () => string {
  let kept = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      kept = (kept + chunk.toString('utf8')).slice(-KEPT_OUTPUT);
    });
  }
  return () => kept.trim();
}
