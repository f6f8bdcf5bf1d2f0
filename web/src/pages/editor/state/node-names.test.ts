import { describe, expect, it } from '@jest/globals';
import { graph as schema } from '../../../../../contracts/graph.ts';
import { renameNode, uniqueName } from './node-names.ts';

const graph = () =>
  schema.parse({
    nodes: [
      { id: 'a', name: "Ana's order", type: 'no-op', position: { x: 0, y: 0 } },
      {
        id: 'b',
        name: 'B',
        type: 'edit-fields',
        position: { x: 0, y: 0 },
        parameters: {
          json: "={{ $(\"Ana's order\").item.json.x + $('Ana\\'s order').first().json.y }}",
          remove: "$('Ana\\'s order') as plain text",
        },
      },
      {
        id: 'c',
        name: 'C',
        type: 'code',
        position: { x: 0, y: 0 },
        parameters: { code: "return $(`Ana's order`).all()" },
      },
    ],
  });

describe('renameNode', () => {
  it('follows in expressions and code, whatever the quotes', () => {
    const renamed = renameNode(graph(), 'a', 'Order "x"');
    expect(renamed.nodes[0]!.name).toBe('Order "x"');
    expect(renamed.nodes[1]!.parameters.json).toBe(
      '={{ $("Order \\"x\\"").item.json.x + $(\'Order "x"\').first().json.y }}',
    );
    expect(renamed.nodes[2]!.parameters.code).toBe('return $(`Order "x"`).all()');
  });

  it('leaves fixed text alone', () => {
    expect(renameNode(graph(), 'a', 'Z').nodes[1]!.parameters.remove).toBe(
      "$('Ana\\'s order') as plain text",
    );
  });

  it.each(['', '   ', 'B', "Ana's order"])('refuses %j', (name) => {
    const before = graph();
    expect(renameNode(before, 'a', name)).toBe(before);
  });
});

describe('uniqueName', () => {
  it('counts up from the stem', () => {
    expect(uniqueName(['If'], 'If')).toBe('If 2');
    expect(uniqueName(['If', 'If 2'], 'If 2')).toBe('If 3');
    expect(uniqueName([], 'If')).toBe('If');
  });
});
