/** The rows of a run's timeline: one per node in order of its first step; a node with several steps holds them inside. */
import type { StepState } from '../../../../contracts/states.ts';
import { type RunOverlay, type StepView, stepsInOrder } from '../../graph/run-overlay.ts';

export interface TimelineRow {
  node: string;
  state: StepState;
  startedAt: number;
  /** Undefined: still under way. */
  finishedAt: number | undefined;
  steps: readonly StepView[];
}

export function timelineRows(overlay: RunOverlay): TimelineRow[] {
  const byNode = new Map<string, StepView[]>();
  for (const step of stepsInOrder(overlay)) byNode.set(step.node, [...(byNode.get(step.node) ?? []), step]);
  return [...byNode].map(([node, steps]) => ({
    node,
    steps,
    state: overlay.nodes[node]!.state,
    startedAt: Math.min(...steps.map((step) => step.startedAt)),
    finishedAt: steps.some((step) => step.finishedAt === undefined)
      ? undefined
      : Math.max(...steps.map((step) => step.finishedAt!)),
  }));
}

/** Where a bar lies between `start` and `end` of the run, in percent. */
export function barOf(
  span: { startedAt: number; finishedAt?: number | undefined },
  start: number,
  end: number,
): { left: number; width: number } {
  const whole = Math.max(1, end - start);
  const percent = (at: number) => Math.min(100, Math.max(0, ((at - start) / whole) * 100));
  const left = percent(span.startedAt);
  return { left, width: percent(span.finishedAt ?? end) - left };
}
