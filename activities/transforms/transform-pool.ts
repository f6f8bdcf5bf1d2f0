/**
 * Threads for nodes that only transform: parsers that meet a page, a feed or a file from anywhere must not hold up the process's
 * own loop, nor take its memory. A thread that does not come back is ended with the step, and replaced.
 */
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { StepFailure } from '../../contracts/effect.ts';
import { createFairSlots } from '../code/fair-slots.ts';
import type { TransformOutcome, TransformTask } from './transform.ts';
import { watchMemory } from './watch-memory.ts';

export interface TransformPool {
  /**
   * Waits for a free thread, in turn with other workspaces.
   * @param timeoutMs of the work itself; left out: as long as the signal lets it
   * @throws StepFailure as the transform says it, `transform-memory` or `transform-time`; the signal's reason when it aborts
   */
  run(
    workspace: string,
    task: TransformTask,
    signal: AbortSignal,
    timeoutMs?: number,
  ): Promise<Exclude<TransformOutcome, { kind: 'failed' }>>;
  close(): Promise<void>;
}

const memoryMb = 256;
/** Beside the heap: a file of `mostFileBytes`, as it is and unpacked. */
const defaultMaxExternalBytes = 400_000_000;

export function createTransformPool({
  maxThreads = availableParallelism(),
  maxExternalBytes = defaultMaxExternalBytes,
} = {}): TransformPool {
  const slots = createFairSlots(maxThreads);
  const pool = new Piscina({
    filename: fileURLToPath(new URL('./transform.worker.ts', import.meta.url)),
    minThreads: 0,
    maxThreads,
    idleTimeout: 60_000,
    concurrentTasksPerWorker: 1,
    atomics: 'disabled',
    // No secrets of the process, and none of its flags (Jest's, a debugger's).
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
  });
  // A thread that dies between two tasks is replaced by the next task; without a listener it would end the process.
  pool.on('error', () => undefined);
  const memory = watchMemory(() => pool.threads, maxExternalBytes);
  return {
    run: (workspace, task, signal, timeoutMs) =>
      slots.use(workspace, signal, () =>
        memory.during(() =>
          timeoutMs === undefined
            ? runTask(pool, task, signal)
            : runWithin(timeoutMs, signal, (limited) => runTask(pool, task, limited)),
        ),
      ),
    close: () => pool.destroy(),
  };
}

async function runWithin<T>(
  timeoutMs: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const time = AbortSignal.timeout(timeoutMs);
  try {
    return await work(AbortSignal.any([signal, time]));
  } catch (error) {
    if (signal.aborted || !time.aborted) throw error;
    throw new StepFailure({
      code: 'transform-time',
      message: `The data took more than ${Math.round(timeoutMs / 1_000)} s to be read.`,
      hint: 'Give it less at a time.',
    });
  }
}

async function runTask(
  pool: Piscina,
  task: TransformTask,
  signal: AbortSignal,
): Promise<Exclude<TransformOutcome, { kind: 'failed' }>> {
  const outcome = await run(pool, task, signal);
  if (outcome.kind === 'failed') throw new StepFailure(outcome.failure);
  return outcome;
}

async function run(pool: Piscina, task: TransformTask, signal: AbortSignal): Promise<TransformOutcome> {
  try {
    return await pool.run(task, { signal, ...(task.file && { transferList: [task.file.buffer] }) });
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (isOutOfMemory(error))
      throw new StepFailure({
        code: 'transform-memory',
        message: `The data needed more than the ${memoryMb} MB that a step may use, and the step was stopped.`,
        hint: 'Give it less at a time: a loop over the items, a smaller file, fewer selectors.',
      });
    throw error;
  }
}

/** By its own limit of the heap, by ours (`watch-memory.ts`), or by the machine's. */
function isOutOfMemory(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') return true;
  return /^worker exited|Array buffer allocation failed|Invalid typed array length/.test(error.message);
}
