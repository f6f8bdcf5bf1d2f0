/** Work that outlasts a lost network or a server that restarts: tried again, later each time, and at once when the network is back. */
import { ProblemError } from '../../api/problem-error.ts';

export interface Patience {
  signal: AbortSignal;
  /** Milliseconds before the second try; each further one waits twice as long, up to sixteen times. */
  pause: number;
  onWaiting(waits: boolean): void;
}

/** About two minutes; who is away for longer presses a button, and it goes on where it was. */
const tries = 12;

/** @throws what the last try threw; at once when trying again would change nothing */
export async function patiently<T>(
  work: () => Promise<T>,
  { signal, pause, onWaiting }: Patience,
): Promise<T> {
  for (let tried = 1; ; tried++)
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      if (!passes(error) || tried === tries) throw error;
      onWaiting(true);
      signal.throwIfAborted();
      await later(pause * 2 ** Math.min(tried - 1, 4), signal);
      onWaiting(false);
    }
}

function passes(error: unknown): boolean {
  return error instanceof ProblemError && (error.status === 0 || error.status === 429 || error.status >= 500);
}

function later(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      globalThis.removeEventListener?.('online', end);
      signal.removeEventListener('abort', end);
      if (signal.aborted) reject(signal.reason);
      else resolve();
    };
    const timer = setTimeout(end, milliseconds);
    globalThis.addEventListener?.('online', end);
    signal.addEventListener('abort', end);
  });
}
