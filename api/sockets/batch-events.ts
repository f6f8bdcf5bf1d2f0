/**
 * Gathers what happens to a run for a moment and tells it at once: a loop of a thousand rounds is a handful of messages to a
 * browser, not thousands. Outputs travel along while they are small together; beyond that the browser reads them from the record.
 */
import { outputsLength, withoutOutputs } from '../../contracts/outputs-preview.ts';
import type { RunEvent } from '../../contracts/run.ts';

/** Milliseconds that events gather, and the number of them that is told without waiting longer. */
const gatherMs = 50;
const most = 2_000;
/** Characters of outputs, as JSON, in one message: a step may have 256,000 (contracts/outputs-preview.ts). */
const mostOutputs = 1_000_000;

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
  const gathered = new Map<string, { batch: EventBatch; timer: NodeJS.Timeout; outputs: number }>();
  const flush = (run: string) => {
    const entry = gathered.get(run);
    if (!entry) return;
    clearTimeout(entry.timer);
    gathered.delete(run);
    send(entry.batch);
  };
  const begin = (batch: EventBatch) => {
    const entry = { batch, timer: setTimeout(flush, gatherMs, batch.run), outputs: 0 };
    gathered.set(batch.run, entry);
    return entry;
  };
  return {
    add({ run, automation, events, partial }) {
      const entry = gathered.get(run) ?? begin({ run, automation, events: [] });
      const { batch } = entry;
      if (partial) batch.partial = true;
      for (const event of events) {
        entry.outputs += outputsLength(event);
        const isTooMuch = entry.outputs > mostOutputs;
        if (isTooMuch) batch.partial = true;
        batch.events.push(isTooMuch ? withoutOutputs(event) : event);
      }
      if (batch.events.length >= most) flush(run);
    },
    close() {
      for (const run of [...gathered.keys()]) flush(run);
    },
  };
}
