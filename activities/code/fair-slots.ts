/**
 * A limited number of slots, handed out in turn between keys (workspaces): a hundred waiting for one key do not hold up the first
 * of another.
 */
export interface FairSlots {
  /**
   * Runs `work` once a slot is free.
   * @throws the signal's reason when it aborts while waiting; `work` has then not run.
   */
  use<T>(key: string, signal: AbortSignal, work: () => Promise<T>): Promise<T>;
}

interface Waiter {
  start(): void;
}

export function createFairSlots(slots: number): FairSlots {
  let free = slots;
  /** In the order of their turns: the key served goes to the end. */
  const waiting = new Map<string, Set<Waiter>>();

  const release = (): void => {
    const next = takeNext(waiting);
    if (next) next.start();
    else free += 1;
  };

  return {
    async use(key, signal, work) {
      signal.throwIfAborted();
      if (free > 0) free -= 1;
      else await turn(waiting, key, signal);
      try {
        return await work();
      } finally {
        release();
      }
    },
  };
}

function turn(waiting: Map<string, Set<Waiter>>, key: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const queue = waiting.get(key) ?? new Set();
    waiting.set(key, queue);
    const onAbort = () => {
      queue.delete(waiter);
      reject(signal.reason);
    };
    const waiter: Waiter = {
      start() {
        signal.removeEventListener('abort', onAbort);
        resolve();
      },
    };
    queue.add(waiter);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}

function takeNext(waiting: Map<string, Set<Waiter>>): Waiter | undefined {
  for (const [key, queue] of waiting) {
    waiting.delete(key);
    const [first] = queue;
    if (!first) continue;
    queue.delete(first);
    if (queue.size > 0) waiting.set(key, queue);
    return first;
  }
  return undefined;
}
