import { describe, expect, it } from '@jest/globals';
import { type Graph, type GraphInput, graph as schema } from '../../../../../contracts/graph.ts';
import { blankGraph } from '../../automations/examples.ts';
import { makeNode } from './graph-edits.ts';
import { replaceUntouchedStart } from './untouched-start.ts';

const start = blankGraph.nodes![0]!;
const note = { id: 'n', name: 'Note', type: 'note', position: { x: 0, y: 200 } };
const withWebhook = (input: GraphInput): string[] => {
  const graph: Graph = schema.parse(input);
  return replaceUntouchedStart(graph, makeNode(graph, 'webhook-trigger', { x: 0, y: 0 })).nodes.map(
    ({ name }) => name,
  );
};

describe('a trigger added to a blank automation', () => {
  it('takes the place of its Start', () => {
    expect(withWebhook(blankGraph)).toEqual(['Webhook']);
    expect(withWebhook({ nodes: [start, note] })).toEqual(['Webhook', 'Note']);
  });

  it.each<[string, GraphInput]>([
    ['renamed', { nodes: [{ ...start, name: 'By hand' }] }],
    ['annotated', { nodes: [{ ...start, notes: 'For support.' }] }],
    ['disabled', { nodes: [{ ...start, disabled: true }] }],
    ['given items', { nodes: [start], pinnedData: { [start.id]: [{ json: {} }] } }],
    ['used', { nodes: [start, { id: 'x', name: 'X', type: 'no-op', position: { x: 300, y: 0 } }] }],
  ])('leaves a Start alone that was %s', (_, input) => {
    expect(withWebhook(input)).toHaveLength(input.nodes!.length + 1);
  });
});
