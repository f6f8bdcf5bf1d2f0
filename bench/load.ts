/** Closed-loop load: so many callers, each sending its next request when the last was answered. */
export interface Load {
  /** Requests answered. */
  count: number;
  /** Wall time in milliseconds. */
  elapsedMs: number;
  /** Milliseconds of each request, ascending. */
  latencies: number[];
}

export async function runLoad(callers: number, durationMs: number, call: () => Promise<void>): Promise<Load> {
  const latencies: number[] = [];
  const begin = performance.now();
  const caller = async () => {
    while (performance.now() - begin < durationMs) {
      const from = performance.now();
      await call();
      latencies.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  latencies.sort((a, b) => a - b);
  return { count: latencies.length, elapsedMs: performance.now() - begin, latencies };
}

/** Joins the rounds of one contestant. */
export function joinLoads(loads: readonly Load[]): Load {
  return {
    count: loads.reduce((total, load) => total + load.count, 0),
    elapsedMs: loads.reduce((total, load) => total + load.elapsedMs, 0),
    latencies: loads.flatMap((load) => load.latencies).sort((a, b) => a - b),
  };
}

export function percentile(ascending: readonly number[], share: number): number {
  return ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return percentile(
    [...values].sort((a, b) => a - b),
    0.5,
  );
}
