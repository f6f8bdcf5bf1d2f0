import { describe, expect, it } from '@jest/globals';
import type { RunEvent } from '../../../../contracts/run.ts';
import { applyEvents, emptyOverlay } from '../../graph/run-overlay.ts';
import { barOf, drawnRows, timelineRows } from './timeline-rows.ts';

function step(seq: number, node: string, index: number, from: number, to?: number): RunEvent[] {
  const start: RunEvent = { type: 'step.started', seq, at: from, node, index, sources: [], state: 'running' };
  if (to === undefined) return [start];
  return [
    start,
    {
      type: 'step.finished',
      seq: seq + 1,
      at: to,
      node,
      index,
      state: 'succeeded',
      attempts: 1,
      outputs: {},
    },
  ];
}

describe('timelineRows', () => {
  it('folds the steps of a loop into one row, in order of the first step', () => {
    const overlay = applyEvents(emptyOverlay('r'), [
      ...step(0, 'a', 0, 0, 10),
      ...step(2, 'b', 0, 10, 20),
      ...step(4, 'a', 1, 20, 40),
    ]);
    expect(timelineRows(overlay)).toMatchObject([
      { node: 'a', startedAt: 0, finishedAt: 40, steps: [{ index: 0 }, { index: 1 }] },
      { node: 'b', startedAt: 10, finishedAt: 20 },
    ]);
  });

  it('has no end while a step is under way', () => {
    const overlay = applyEvents(emptyOverlay('r'), step(0, 'a', 0, 5));
    expect(timelineRows(overlay)[0]).toMatchObject({ state: 'running', finishedAt: undefined });
  });
});

describe('drawnRows', () => {
  it('has the steps of a node behind it while it is open', () => {
    const overlay = applyEvents(emptyOverlay('r'), [
      ...step(0, 'a', 0, 0, 10),
      ...step(2, 'a', 1, 10, 20),
      ...step(4, 'b', 0, 20, 30),
    ]);
    const shown = (open: string[]) =>
      drawnRows(timelineRows(overlay), new Set(open)).map(({ kind, row }) => `${kind} ${row.node}`);
    expect(shown([])).toEqual(['node a', 'node b']);
    expect(shown(['a'])).toEqual(['node a', 'step a', 'step a', 'node b']);
  });
});

describe('barOf', () => {
  it('lies within the run', () => {
    expect(barOf({ startedAt: 25, finishedAt: 75 }, 0, 100)).toEqual({ left: 25, width: 50 });
    expect(barOf({ startedAt: 50 }, 0, 100)).toEqual({ left: 50, width: 50 });
    expect(barOf({ startedAt: -10, finishedAt: 200 }, 0, 100)).toEqual({ left: 0, width: 100 });
  });
});
