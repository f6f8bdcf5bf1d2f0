/** The rows that wait to be written: bounded, in the order in which their runs came. */
import type { RunEvent, RunHeader } from '../../contracts/run.ts';
import type { Log } from '../log.ts';
import { beginPending, dropOutputs, fold, type PendingRun } from './projection.ts';
import type { Batch } from './write-rows.ts';

export interface PendingRuns {
  add(header: RunHeader, events: RunEvent[]): void;
  /** The next batch, or again the one that was taken and not settled. A run's row comes with the last of its steps. */
  take(maxRows: number): Batch;
  /** The batch that was taken is written. */
  settle(): void;
  /** Rows that wait, those taken included. */
  readonly rows: number;
}

export function createPendingRuns({ maxBytes, log }: { maxBytes: number; log: Log }): PendingRuns {
  const runs = new Map<string, PendingRun>();
  let taken: Batch | undefined;
  let rows = 0;
  let bytes = 0;

  function takeNext(maxRows: number): Batch {
    const resets: NonNullable<Batch['resets']> = [];
    const batch: Batch = { runs: [], steps: [], resets };
    for (const [id, pending] of runs) {
      const { workspace, execution, isReset } = pending.run.header;
      if (isReset && execution !== undefined) resets.push({ run: id, execution });
      for (const [key, step] of pending.steps) {
        if (batch.steps.length + batch.runs.length >= maxRows) break;
        batch.steps.push({ run: id, workspace, step, execution });
        pending.steps.delete(key);
        const size = step.outputs?.length ?? 0;
        pending.size -= size;
        bytes -= size;
      }
      if (pending.steps.size > 0) break;
      batch.runs.push(pending.run);
      bytes -= pending.run.response?.length ?? 0;
      runs.delete(id);
      if (batch.steps.length + batch.runs.length >= maxRows) break;
    }
    rows -= batch.runs.length + batch.steps.length;
    return batch;
  }

  /** A run that continues as new, or was reset, goes on in another execution. What waits of one that was reset is void. */
  function turnTo(pending: PendingRun, { execution, isReset }: RunHeader): void {
    const { header } = pending.run;
    if (execution === undefined || execution === header.execution) return;
    if (isReset) {
      rows -= pending.steps.size;
      bytes -= pending.size;
      Object.assign(pending, beginPending({ ...header, execution, isReset }));
      return;
    }
    pending.run.header = { ...header, execution };
  }

  function shed(): void {
    let freed = 0;
    let steps = 0;
    for (const pending of runs.values()) {
      for (const step of pending.steps.values()) {
        if (bytes - freed <= maxBytes * 0.8) break;
        const gain = dropOutputs(step);
        pending.size -= gain;
        freed += gain;
        if (gain > 0) steps++;
      }
    }
    bytes -= freed;
    log.warn({ steps, freed }, 'Too many run records wait: outputs of steps were given up');
  }

  return {
    add(header, events) {
      let pending = runs.get(header.run);
      if (!pending) {
        pending = beginPending(header);
        runs.set(header.run, pending);
        rows++;
      }
      turnTo(pending, header);
      const steps = pending.steps.size;
      const { size } = pending;
      for (const event of events) fold(pending, event);
      rows += pending.steps.size - steps;
      bytes += pending.size - size;
      if (bytes > maxBytes) shed();
    },
    take(maxRows) {
      taken ??= takeNext(maxRows);
      return taken;
    },
    settle() {
      taken = undefined;
    },
    get rows() {
      return rows + (taken ? taken.runs.length + taken.steps.length : 0);
    },
  };
}
