import { describe, expect, it } from '@jest/globals';
import { drawGraph } from '../engine/run/test-graphs.ts';
import { type PlanInput, planRerun } from './plan-rerun.ts';

const graph = drawGraph(
  [
    ['Start', 'manual-trigger'],
    ['A', 'http-request', { url: 'http://a' }],
    ['B', 'http-request', { url: 'http://b' }],
    ['C', 'http-request', { url: 'http://c' }],
    ['Side', 'no-op'],
  ],
  ['Start > A', 'A > B', 'B > C', 'Start > Side'],
);
const outcomes = ['Start', 'A', 'Side']
  .map((node) => ({ node, succeeded: 1, unsuccessful: 0 }))
  .concat({ node: 'B', succeeded: 0, unsuccessful: 1 });

function plan(changes: Partial<PlanInput> = {}) {
  return planRerun({
    from: { kind: 'failure' },
    before: graph,
    after: graph,
    run: { state: 'failed', triggerNode: 'Start' },
    outcomes,
    newItems: false,
    pinned: false,
    ...changes,
  });
}
/** The graph with another address in A. */
const later = drawGraph(
  graph.nodes.map(({ name, type, parameters }) => [
    name,
    type,
    name === 'A' ? { url: 'http://else' } : parameters,
  ]),
  ['Start > A', 'A > B', 'B > C', 'Start > Side'],
);

describe('planRerun', () => {
  it('from the failure: what succeeded counts again, the rest runs', () => {
    expect(plan()).toMatchObject({ reused: ['Start', 'A', 'Side'], runs: ['B', 'C'], changed: [], anew: [] });
  });

  it('from the start: everything runs but the trigger, which hands on the same items', () => {
    expect(plan({ from: { kind: 'start' } })).toMatchObject({
      reused: ['Start'],
      runs: ['A', 'B', 'C', 'Side'],
    });
  });

  it('on another version: a node that differs runs, with all behind it, and it is named', () => {
    expect(plan({ after: later })).toMatchObject({
      reused: ['Start', 'Side'],
      runs: ['A', 'B', 'C'],
      changed: ['A'],
    });
  });

  it('from a node: it and what lies behind it, on what is recorded before it', () => {
    expect(plan({ from: { kind: 'node', node: 'B', alone: false } })).toMatchObject({
      reused: ['Start', 'A'],
      runs: ['B', 'C'],
      only: ['C', 'B', 'A', 'Start'],
    });
  });

  it('a node alone: nothing behind it runs', () => {
    expect(plan({ from: { kind: 'node', node: 'B', alone: true } })).toMatchObject({ runs: ['B'] });
  });

  it('with new items: all that was recorded was made of others', () => {
    expect(plan({ newItems: true })).toMatchObject({ reused: [], anew: ['Start', 'A', 'B', 'C', 'Side'] });
  });

  it('of a graph that nobody knows any more: only what came in counts', () => {
    expect(plan({ before: undefined })).toMatchObject({ reused: ['Start'] });
  });

  it('with pinned data that differs: the node gives something else', () => {
    const pinned = { ...graph, pinnedData: { A: [{ json: { n: 1 } }] } };
    expect(plan({ after: pinned, pinned: true })).toMatchObject({ changed: ['A'] });
    expect(plan({ after: pinned, pinned: false })).toMatchObject({ changed: [] });
  });

  it.each([
    ['run-succeeded', { run: { state: 'succeeded' as const, triggerNode: 'Start' } }],
    ['trigger-gone', { run: { state: 'failed' as const, triggerNode: 'Other' } }],
    ['trigger-gone', { run: { state: 'failed' as const, triggerNode: 'A' } }],
    ['node-gone', { from: { kind: 'node' as const, node: 'X', alone: false } }],
  ])('is refused: %s', (code, changes) => {
    expect(plan(changes)).toBe(code);
  });
});
