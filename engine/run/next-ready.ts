import type { RecordedSteps } from './recorded-steps.ts';
import type { RunState, Step } from './run-state.ts';

/**
 * Takes the step that starts next: first come, first served. In a run that takes up another one, what counts again comes first and in
 * the order in which it ended there, so that merges find their inputs in the order of that run.
 */
export function nextReady({ ready }: RunState, recorded: RecordedSteps | undefined): Step | undefined {
  if (!recorded || ready.length < 2) return ready.shift();
  let first = 0;
  let lowest = Number.POSITIVE_INFINITY;
  for (const [position, step] of ready.entries()) {
    const known = recorded.find(step);
    if (known?.outputs === undefined || known.seq >= lowest) continue;
    lowest = known.seq;
    first = position;
  }
  return ready.splice(first, 1)[0];
}
