/** Closed-loop load: so many callers, each sending its next request when the last was answered. */
export interface Load {
  /** Requests answered. */
  count: number;
  /** Wall time in milliseconds until the work of all was done. */
  elapsedMs: number;
  /** Milliseconds of each request, ascending. */
  latencies: number[];
}

export interface LoadOptions {
  callers: number;
  /** How long callers send new requests. */
  durationMs: number;
  call: () => Promise<void>;
  /** Pieces of work done so far, one per request. Where the answer comes before the work, a load lasts until all is done. */
  worked: () => number;
  /** How long the last work may take after the last answer. Default a minute: work that was lost must not hold up the rest. */
  workWithinMs?: number;
}

export async function runLoad({
  callers,
  durationMs,
  call,
  worked,
  workWithinMs = 60_000,
}: LoadOptions): Promise<Load> {
  const latencies: number[] = [];
  const workedBefore = worked();
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
  const deadline = performance.now() + workWithinMs;
  while (worked() - workedBefore < latencies.length) {
    if (performance.now() > deadline)
      throw new Error(`Of ${latencies.length} accepted runs only ${worked() - workedBefore} did their work.`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
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

/** Requests a second. */
export function rate({ count, elapsedMs }: Load): number {
  return (count * 1_000) / elapsedMs;
}

export function percentile(ascending: readonly number[], share: number): number {
  return ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  const ascending = [...values].sort((a, b) => a - b);
  const middle = ascending.slice(Math.ceil(ascending.length / 2) - 1, Math.floor(ascending.length / 2) + 1);
  return middle.reduce((total, value) => total + value, 0) / middle.length;
}
