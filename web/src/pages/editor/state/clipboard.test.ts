import { describe, expect, it } from '@jest/globals';
import { graph as schema } from '../../../../../contracts/graph.ts';
import { copyNodes, pasteNodes, readClip } from './clipboard.ts';

const graph = () =>
  schema.parse({
    nodes: [
      { id: 'a', name: 'A', type: 'no-op', position: { x: 0, y: 0 } },
      {
        id: 'b',
        name: 'B',
        type: 'edit-fields',
        position: { x: 320, y: 16 },
        parameters: { json: "={{ $('A').item.json }}" },
      },
      { id: 'c', name: 'C', type: 'no-op', position: { x: 640, y: 0 } },
    ],
    edges: [
      { source: 'a', target: 'b' },
      { source: 'b', target: 'c' },
    ],
    pinnedData: { a: [{ json: { one: 1 } }] },
  });

describe('copy and paste', () => {
  it('brings nodes, the edges among them and pinned data, under new ids and names', () => {
    const copied = readClip(copyNodes(graph(), new Set(['a', 'b']))!)!;
    const { graph: pasted, ids } = pasteNodes(graph(), copied, { x: 0, y: 320 });
    const [a2, b2] = pasted.nodes.slice(3);
    expect(ids).toEqual([a2!.id, b2!.id]);
    expect([a2!.name, b2!.name]).toEqual(['A 2', 'B 2']);
    expect([a2!.position, b2!.position]).toEqual([
      { x: 0, y: 320 },
      { x: 320, y: 336 },
    ]);
    expect(pasted.edges.slice(2)).toEqual([
      { source: a2!.id, sourcePort: 'main', target: b2!.id, targetPort: 'main' },
    ]);
    expect(b2!.parameters.json).toBe("={{ $('A 2').item.json }}");
    expect(pasted.pinnedData[a2!.id]).toEqual([{ json: { one: 1 } }]);
  });

  it('keeps the names where they are free, as in another automation', () => {
    const copied = readClip(copyNodes(graph(), new Set(['a', 'b']))!)!;
    const { graph: pasted } = pasteNodes(schema.parse({}), copied);
    expect(pasted.nodes.map((node) => node.name)).toEqual(['A', 'B']);
  });

  it('takes a whole exported graph too', () => {
    expect(readClip(JSON.stringify(graph()))?.nodes).toHaveLength(3);
  });

  it.each(['', 'hello', '{"json": {}}', '{broken', '[]'])('knows that %j holds no nodes', (text) => {
    expect(readClip(text)).toBeUndefined();
  });

  it('has nothing to copy without a selection', () => {
    expect(copyNodes(graph(), new Set())).toBeUndefined();
  });
});
