/** Work that is done over and over while a process lives: a pass at once, the next some time after its end. */
export interface Passes {
  start(): void;
  /** The next pass comes in `ms` at the latest: there is something to do. During a pass: that long after its end. */
  soon(ms: number): void;
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
  let dueAt = Number.POSITIVE_INFINITY;
  let current: Promise<unknown> | undefined;
  let wanted: number | undefined;
  let stopped = true;

  function next(afterMs: number): void {
    if (stopped) return;
    clearTimeout(timer);
    dueAt = performance.now() + afterMs;
    timer = setTimeout(run, afterMs);
    timer.unref();
  }

  function run(): void {
    dueAt = Number.NEGATIVE_INFINITY;
    current = pass()
      .catch(onError)
      .finally(() => {
        next(Math.min(everyMs, wanted ?? everyMs));
        wanted = undefined;
      });
  }

  return {
    start() {
      if (!stopped) return;
      stopped = false;
      next(0);
    },
    soon(ms) {
      if (stopped) return;
      if (dueAt === Number.NEGATIVE_INFINITY) wanted = Math.min(ms, wanted ?? ms);
      else if (performance.now() + ms < dueAt) next(ms);
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await current;
    },
  };
}
