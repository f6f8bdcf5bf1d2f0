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
  for (const step of stepsInOrder(overlay)) {
    const steps = byNode.get(step.node);
    if (steps) steps.push(step);
    else byNode.set(step.node, [step]);
  }
  return [...byNode].map(([node, steps]) => ({
    node,
    steps,
    state: overlay.nodes[node]!.state,
    startedAt: steps.reduce((first, { startedAt }) => Math.min(first, startedAt), Number.POSITIVE_INFINITY),
    finishedAt: steps.some((step) => step.finishedAt === undefined)
      ? undefined
      : steps.reduce((last, { finishedAt = 0 }) => Math.max(last, finishedAt), 0),
  }));
}

/** A row as it is drawn: of a node, or of one step inside it. */
export type DrawnRow =
  | { kind: 'node'; row: TimelineRow }
  | { kind: 'step'; row: TimelineRow; step: StepView };

/** @param open nodes whose steps are shown */
export function drawnRows(rows: readonly TimelineRow[], open: ReadonlySet<string>): DrawnRow[] {
  return rows.flatMap((row): DrawnRow[] => [
    { kind: 'node', row },
    ...(open.has(row.node)
      ? row.steps.map((step) => ({
          ...{ kind: 'step' as const, step },
          row: { ...step, finishedAt: step.finishedAt, steps: [step] },
        }))
      : []),
  ]);
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
