import { describe, expect, it } from '@jest/globals';
import type { Step } from '../../../contracts/api/runs.ts';
import type { RunEvent } from '../../../contracts/run.ts';
import { applyEvents, emptyOverlay, inputItems, latestStep, overlayOf, stepsInOrder } from './run-overlay.ts';

const started = (seq: number, node: string, index = 0): RunEvent => ({
  type: 'step.started',
  seq,
  at: seq,
  node,
  index,
  sources: node === 'a' ? [] : [{ port: 'main', node: 'a', index, fromPort: 'main' }],
  state: 'running',
});
const finished = (
  seq: number,
  node: string,
  index = 0,
  state: 'succeeded' | 'failed' = 'succeeded',
  count = 2,
): RunEvent => ({
  type: 'step.finished',
  seq,
  at: seq,
  node,
  index,
  state,
  attempts: 1,
  outputs: { main: Array.from({ length: count }, (_, n) => ({ json: { n } })) },
  ...(state === 'failed' && { failure: { code: 'x', message: 'broke' } }),
});

describe('applyEvents', () => {
  it('follows a node from running to succeeded and counts its items', () => {
    const running = applyEvents(emptyOverlay('r'), [
      { type: 'run.started', seq: 0, at: 0, state: 'running' },
      started(1, 'a'),
    ]);
    expect(running.state).toBe('running');
    expect(running.nodes.a).toMatchObject({ state: 'running', started: 1, finished: 0 });
    const done = applyEvents(running, [
      finished(2, 'a'),
      { type: 'run.finished', seq: 3, at: 3, state: 'succeeded' },
    ]);
    expect(done.state).toBe('succeeded');
    expect(done.nodes.a).toMatchObject({ state: 'succeeded', finished: 1, counts: { main: 2 } });
    expect(running.nodes.a!.state).toBe('running');
  });

  it('drops events it has seen, in any order', () => {
    const once = applyEvents(emptyOverlay('r'), [finished(2, 'a'), started(1, 'a')]);
    expect(applyEvents(once, [started(1, 'a'), finished(2, 'a')])).toBe(once);
    expect(once.nodes.a).toMatchObject({ started: 1, finished: 1, counts: { main: 2 } });
  });

  it('adds up the steps of a loop and stays running while one is', () => {
    const overlay = applyEvents(emptyOverlay('r'), [started(1, 'b'), finished(2, 'b'), started(3, 'b', 1)]);
    expect(overlay.nodes.b).toMatchObject({ state: 'running', started: 2, finished: 1, latest: 1 });
    const after = applyEvents(overlay, [finished(4, 'b', 1)]);
    expect(after.nodes.b).toMatchObject({ state: 'succeeded', started: 2, finished: 2, counts: { main: 4 } });
  });

  it('keeps a failure visible when later steps of the node succeed', () => {
    const overlay = applyEvents(emptyOverlay('r'), [
      started(1, 'b'),
      finished(2, 'b', 0, 'failed', 0),
      started(3, 'b', 1),
      finished(4, 'b', 1),
    ]);
    expect(overlay.nodes.b).toMatchObject({ state: 'failed', failure: { message: 'broke' } });
  });

  it('takes the end of a step whose start it never heard', () => {
    expect(applyEvents(emptyOverlay('r'), [finished(9, 'a')]).nodes.a).toMatchObject({
      state: 'succeeded',
      started: 1,
      finished: 1,
    });
  });

  it('finds the input of a step in the outputs of its sources', () => {
    const overlay = applyEvents(emptyOverlay('r'), [started(1, 'a'), finished(2, 'a'), started(3, 'b')]);
    expect(inputItems(overlay, latestStep(overlay, 'b')!)).toEqual([{ json: { n: 0 } }, { json: { n: 1 } }]);
  });
});

describe('overlayOf', () => {
  const step = (node: string, seq: number, part: Partial<Step> = {}): Step => ({
    node,
    index: 0,
    state: 'succeeded',
    startedAt: '2026-01-01T00:00:00.000Z',
    finishedAt: '2026-01-01T00:00:01.000Z',
    attempts: 1,
    idempotencyKey: 'k',
    sources: [],
    outputs: { main: [{ json: {} }] },
    seq,
    ...part,
  });

  it('shows a stored run as its events would', () => {
    const { finishedAt: _, ...open } = step('b', 5, { state: 'running', outputs: {} });
    const overlay = overlayOf({ id: 'r', state: 'running', steps: [open, step('a', 1)] });
    expect(stepsInOrder(overlay).map(({ node }) => node)).toEqual(['a', 'b']);
    expect(overlay.nodes).toMatchObject({
      a: { state: 'succeeded', counts: { main: 1 } },
      b: { state: 'running', finished: 0 },
    });
  });

  it('does not count again what events tell of steps that the record has', () => {
    const overlay = overlayOf({ id: 'r', state: 'running', steps: [step('a', 1)] });
    const after = applyEvents(overlay, [started(1, 'a'), finished(2, 'a'), started(3, 'b')]);
    expect(after.nodes.a).toMatchObject({ started: 1, finished: 1, counts: { main: 1 } });
    expect(after.nodes.b).toMatchObject({ state: 'running', started: 1 });
  });
});
