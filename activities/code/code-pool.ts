/**
 * Threads in which builders' code runs, so that the process's own loop never waits for it. A thread that does not come back in
 * time (native code that QuickJS cannot interrupt) is ended from here and replaced; nothing else notices.
 *
 * Piscina's own queue is not used: when the last thread is ended while tasks wait in it, it starts no new one and they wait for
 * ever (5.3.2, minThreads 0). The queue in front of it takes turns between workspaces besides.
 */
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { MessageChannel } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { outOfMemory, outOfTime } from './code-failure.ts';
import { createFairSlots } from './fair-slots.ts';
import type { CodeOutcome, CodeTask } from './task.ts';

export interface CodePool {
  /**
   * Waits for a free thread, in turn with other workspaces, runs the code and gives its outcome.
   * @throws the signal's reason when it aborts; the thread is then ended.
   */
  run(workspace: string, task: CodeTask, signal: AbortSignal): Promise<CodeOutcome>;
  close(): Promise<void>;
}

/** Milliseconds beyond the code's own limit before its thread is ended. */
const graceMs = 2_000;

export interface CodePoolOptions {
  /** Threads kept while idle. Default 0: the first code after a quiet minute pays for its start. */
  minThreads?: number;
  /** Default: one per core. */
  maxThreads?: number;
}

export function createCodePool(options: CodePoolOptions = {}): CodePool {
  const maxThreads = options.maxThreads ?? availableParallelism();
  const slots = createFairSlots(maxThreads);
  const pool = new Piscina({
    filename: fileURLToPath(new URL('./code.worker.ts', import.meta.url)),
    minThreads: options.minThreads ?? 0,
    maxThreads,
    idleTimeout: 60_000,
    concurrentTasksPerWorker: 1,
    // Atomics would keep an idle thread from noticing anything else, for microseconds that do not matter here.
    atomics: 'disabled',
    // No secrets of the process, and none of its flags (Jest's, a debugger's).
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
  });
  // A thread that dies between two tasks is replaced by the next task; without a listener it would end the process.
  pool.on('error', () => undefined);
  return {
    run: (workspace, task, signal) => slots.use(workspace, signal, () => runTask(pool, task, signal)),
    close: () => pool.destroy(),
  };
}

async function runTask(pool: Piscina, task: CodeTask, signal: AbortSignal): Promise<CodeOutcome> {
  const { port1: started, port2 } = new MessageChannel();
  const overdue = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  started.once('message', () => {
    timer = setTimeout(() => overdue.abort(), task.timeLimitMs + graceMs);
  });
  try {
    const job = { task, started: port2 };
    return await pool.run(job, { transferList: [port2], signal: AbortSignal.any([signal, overdue.signal]) });
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (overdue.signal.aborted) return { kind: 'failed', failure: outOfTime(task.timeLimitMs), logs: [] };
    if (isOutOfMemory(error))
      return { kind: 'failed', failure: outOfMemory(task.memoryLimitBytes), logs: [] };
    throw error;
  } finally {
    clearTimeout(timer);
    started.close();
  }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
