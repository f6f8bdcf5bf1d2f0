/**
 * Gathers what happens to a run for a moment and tells it at once: a loop of a thousand rounds is a handful of messages to a
 * browser, not thousands.
 */
import type { RunEvent } from '../../contracts/run.ts';

/** Milliseconds that events gather, and the number of them that is told without waiting longer. */
const gatherMs = 50;
const most = 2_000;

export interface EventBatch {
  run: string;
  automation: string;
  events: RunEvent[];
  partial?: boolean | undefined;
}

export interface EventBatcher {
  add(batch: EventBatch): void;
  close(): void;
}

export function createEventBatcher(send: (batch: EventBatch) => void): EventBatcher {
  const gathered = new Map<string, { batch: EventBatch; timer: NodeJS.Timeout }>();
  const flush = (run: string) => {
    const entry = gathered.get(run);
    if (!entry) return;
    clearTimeout(entry.timer);
    gathered.delete(run);
    send(entry.batch);
  };
  return {
    add({ run, automation, events, partial }) {
      const entry = gathered.get(run);
      if (entry) {
        entry.batch.events.push(...events);
        if (partial) entry.batch.partial = true;
      } else {
        const batch = { run, automation, events: [...events], ...(partial && { partial }) };
        gathered.set(run, { batch, timer: setTimeout(flush, gatherMs, run) });
      }
      if ((gathered.get(run)?.batch.events.length ?? 0) >= most) flush(run);
    },
    close() {
      for (const run of [...gathered.keys()]) flush(run);
    },
  };
}
