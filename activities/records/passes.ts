/** Work that is done over and over while a process lives: a pass at once, the next some time after its end. */
export interface Passes {
  start(): void;
  /** Resolves when the pass under way is over. */
  stop(): Promise<void>;
}

export interface PassesOptions {
  /** One pass. When it throws, the next comes at its time all the same. */
  pass(): Promise<unknown>;
  onError(error: unknown): void;
  /** Milliseconds from the end of one pass to the next, default an hour. */
  everyMs?: number | undefined;
}

export function createPasses({ pass, onError, everyMs = 3_600_000 }: PassesOptions): Passes {
  let timer: NodeJS.Timeout | undefined;
  let current: Promise<unknown> | undefined;
  let stopped = true;

  function next(afterMs: number): void {
    if (stopped) return;
    timer = setTimeout(() => {
      current = pass()
        .catch(onError)
        .finally(() => next(everyMs));
    }, afterMs);
    timer.unref();
  }

  return {
    start() {
      if (!stopped) return;
      stopped = false;
      next(0);
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await current;
    },
  };
}
