/**
 * Ends threads that take too much memory beside their heap. `resourceLimits` bound the heap alone: a parser that unpacks a stream into
 * ever larger buffers would take the machine's.
 */
import type { Worker } from 'node:worker_threads';

export interface MemoryWatch {
  /** While `work` goes on, the threads are looked at. */
  during<T>(work: () => Promise<T>): Promise<T>;
}

/** How often, in milliseconds: a parser unpacks some 100 MB a second. */
const interval = 200;

/** @param threads those that are there now */
export function watchMemory(threads: () => readonly Worker[], maxBytes: number): MemoryWatch {
  let working = 0;
  let timer: NodeJS.Timeout | undefined;

  async function look(): Promise<void> {
    await Promise.all(threads().map((thread) => endIfLarge(thread, maxBytes)));
    if (working > 0) begin();
  }
  function begin(): void {
    timer = setTimeout(() => void look(), interval);
  }

  return {
    async during(work) {
      working += 1;
      if (working === 1) begin();
      try {
        return await work();
      } finally {
        working -= 1;
        if (working === 0) clearTimeout(timer);
      }
    },
  };
}

async function endIfLarge(thread: Worker, maxBytes: number): Promise<void> {
  try {
    const { external_memory: external } = await thread.getHeapStatistics();
    if (external > maxBytes) await thread.terminate();
  } catch {
    // It has ended meanwhile.
  }
}
