/** Tells the bus what a run reports, each event once per process: a replayed workflow reports all of its events again. */
import type { Bus } from '../../contracts/bus.ts';
import type { RunEvent, RunHeader } from '../../contracts/run.ts';

/** Runs whose last `seq` is remembered. Forgetting one costs repeated messages, which readers drop by `seq`. */
const remembered = 20_000;

export function createRunPublisher(bus: Bus): (header: RunHeader, events: RunEvent[]) => void {
  const lastSeqs = new Map<string, number>();

  /** Executions of reset runs that were heard of: each tells all of its run anew. */
  const resets = new Set<string>();

  return function publish({ workspace, automation, run, execution, isReset }, all) {
    if (isReset && execution !== undefined && !resets.has(execution)) {
      resets.add(execution);
      lastSeqs.delete(run);
    }
    const last = lastSeqs.get(run) ?? -1;
    const events = all.filter((event) => event.seq > last);
    const newest = events.at(-1);
    if (!newest) return;

    bus.publish({ kind: 'run.events', workspace, automation, run, events });
    for (const event of events) {
      if (event.type === 'run.responded') {
        bus.publish({ kind: 'run.answer', workspace, run, response: event.response });
      }
      if (event.type === 'run.finished') {
        const reason = event.failure?.message;
        bus.publish({ kind: 'run.ended', workspace, run, state: event.state, ...(reason ? { reason } : {}) });
      }
    }

    lastSeqs.delete(run);
    lastSeqs.set(run, newest.seq);
    const [oldest] = lastSeqs.keys();
    if (lastSeqs.size > remembered && oldest !== undefined) lastSeqs.delete(oldest);
  };
}
