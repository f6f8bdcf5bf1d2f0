import { describe, expect, it } from '@jest/globals';
import { graph as schema } from '../../../../../contracts/graph.ts';
import { applyEvents, emptyOverlay } from '../../../graph/run-overlay.ts';
import { previewExpression } from './preview.ts';

const graph = schema.parse({
  nodes: [
    { id: 'a', name: 'Order', type: 'manual-trigger', position: { x: 0, y: 0 } },
    { id: 'b', name: 'Total', type: 'edit-fields', position: { x: 0, y: 0 } },
    { id: 'c', name: 'End', type: 'no-op', position: { x: 0, y: 0 } },
  ],
  edges: [
    { source: 'a', target: 'b' },
    { source: 'b', target: 'c' },
  ],
});
const overlay = applyEvents(emptyOverlay('r'), [
  { type: 'step.started', seq: 0, at: 0, node: 'a', index: 0, sources: [], state: 'running' },
  {
    type: 'step.finished',
    seq: 1,
    at: 0,
    node: 'a',
    index: 0,
    state: 'succeeded',
    attempts: 1,
    outputs: { main: [{ json: { amount: 120 } }, { json: { amount: 7 } }] },
  },
]);
const source = {
  graph,
  overlay,
  node: graph.nodes[1]!,
  automation: { id: 'x', name: 'X', published: false },
  vars: { region: 'eu', token: '••••••••' },
};

describe('previewExpression', () => {
  it('reads the workspace’s variables, which need no input', () => {
    expect(
      previewExpression({ ...source, overlay: undefined }, '={{ $vars.region }}-{{ $vars.token }}', 0),
    ).toEqual({
      kind: 'value',
      value: 'eu-••••••••',
    });
  });

  it('evaluates for the chosen input item', () => {
    expect(previewExpression(source, '={{ $json.amount * 2 }}', 0)).toEqual({ kind: 'value', value: 240 });
    expect(previewExpression(source, '={{ $json.amount * 2 }}', 1)).toEqual({ kind: 'value', value: 14 });
    expect(previewExpression(source, '=Hi {{ $json.amount }}', 9)).toEqual({ kind: 'value', value: 'Hi 7' });
  });

  it('sees other nodes by name', () => {
    expect(previewExpression(source, "={{ $('Order').first().json.amount }}", 0)).toEqual({
      kind: 'value',
      value: 120,
    });
  });

  it('uses pinned data before the run', () => {
    const pinned = { ...graph, pinnedData: { a: [{ json: { amount: 1 } }] } };
    expect(previewExpression({ ...source, graph: pinned }, '={{ $json.amount }}', 0)).toEqual({
      kind: 'value',
      value: 1,
    });
  });

  it('says what is wrong', () => {
    expect(previewExpression(source, '={{ $json.amount * }}', 0)).toMatchObject({ kind: 'error' });
    expect(previewExpression(source, '={{ nowhere }}', 0)).toMatchObject({
      kind: 'error',
      message: expect.stringContaining('nowhere'),
    });
  });

  it('says that nothing has come in yet, unless nothing is needed', () => {
    const fresh = { ...source, overlay: undefined };
    expect(previewExpression(fresh, '={{ $json.amount }}', 0)).toEqual({ kind: 'noInput' });
    expect(previewExpression(fresh, '={{ 1 + 1 }}', 0)).toEqual({ kind: 'value', value: 2 });
  });
});
