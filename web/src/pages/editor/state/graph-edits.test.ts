import { describe, expect, it } from '@jest/globals';
import { type Graph, type GraphInput, graph as schema } from '../../../../../contracts/graph.ts';
import {
  connect,
  insertAfter,
  insertOnEdge,
  makeNode,
  moveNodes,
  placeAfter,
  removeNodes,
  removeSwitchCase,
  toggleDisabled,
  updateNode,
} from './graph-edits.ts';

const graphOf = (input: GraphInput): Graph => schema.parse(input);
const chain = () =>
  graphOf({
    nodes: [
      { id: 'a', name: 'A', type: 'manual-trigger', position: { x: 0, y: 0 } },
      { id: 'b', name: 'B', type: 'no-op', position: { x: 304, y: 0 } },
      { id: 'c', name: 'C', type: 'no-op', position: { x: 608, y: 0 } },
    ],
    edges: [
      { source: 'a', target: 'b' },
      { source: 'b', target: 'c' },
    ],
  });
const arrows = (graph: Graph) =>
  graph.edges.map((edge) => `${edge.source}.${edge.sourcePort}>${edge.target}.${edge.targetPort}`);

describe('moveNodes', () => {
  it('moves those that are named', () => {
    const moved = moveNodes(chain(), new Map([['b', { x: 320, y: 16 }]]));
    expect(moved.nodes.map(({ position }) => position.x)).toEqual([0, 320, 608]);
  });

  it('gives the same graph when nothing moves: there is nothing to undo', () => {
    const graph = chain();
    expect(moveNodes(graph, new Map([['b', { x: 304, y: 0 }]]))).toBe(graph);
  });
});

describe('connect', () => {
  it('joins ports that exist', () => {
    expect(
      arrows(connect(chain(), { source: 'a', sourcePort: 'main', target: 'c', targetPort: 'main' })),
    ).toContain('a.main>c.main');
  });

  it.each([
    ['a trigger has no input', { source: 'b', sourcePort: 'main', target: 'a', targetPort: 'main' }],
    ['the port is not there', { source: 'a', sourcePort: 'true', target: 'c', targetPort: 'main' }],
    ['the edge is there already', { source: 'a', sourcePort: 'main', target: 'b', targetPort: 'main' }],
    ['a node can not feed itself', { source: 'b', sourcePort: 'main', target: 'b', targetPort: 'main' }],
  ])('refuses: %s', (_, edge) => {
    const graph = chain();
    expect(connect(graph, edge)).toBe(graph);
  });
});

describe('insert', () => {
  it('adds after a port, connected, beside what is there', () => {
    const graph = chain();
    const node = makeNode(graph, 'if', placeAfter(graph, graph.nodes[0]!));
    const made = insertAfter(graph, node, 'a', 'main');
    expect(arrows(made)).toContain(`a.main>${node.id}.main`);
    expect(node.position.x).toBe(304);
    expect(node.position.y).toBeGreaterThan(64);
  });

  it('splits an edge and makes room', () => {
    const graph = chain();
    const node = makeNode(graph, 'if', { x: 0, y: 0 });
    const made = insertOnEdge(graph, node, graph.edges[0]!);
    expect(arrows(made)).toEqual(['b.main>c.main', `a.main>${node.id}.main`, `${node.id}.true>b.main`]);
    const x = (id: string) => made.nodes.find((other) => other.id === id)!.position.x;
    expect(x(node.id)).toBe(304);
    expect(x('b')).toBeGreaterThanOrEqual(304 + 216);
    expect(x('c') - x('b')).toBe(304);
  });

  it('gives a free name, in the language of the builder', () => {
    const graph = chain();
    const first = makeNode(graph, 'if', { x: 0, y: 0 }, 'pt');
    const second = makeNode({ ...graph, nodes: [...graph.nodes, first] }, 'if', { x: 0, y: 0 }, 'pt');
    expect([first.name, second.name]).toEqual(['Se', 'Se 2']);
  });
});

describe('remove', () => {
  it('closes the gap when one node is taken out of a chain', () => {
    expect(arrows(removeNodes(chain(), new Set(['b'])))).toEqual(['a.main>c.main']);
  });

  it('leaves no gap to close when several go, and forgets their pinned data', () => {
    const graph = { ...chain(), pinnedData: { b: [{ json: {} }], a: [{ json: {} }] } };
    const rest = removeNodes(graph, new Set(['b', 'c']));
    expect(rest.edges).toEqual([]);
    expect(Object.keys(rest.pinnedData)).toEqual(['a']);
  });
});

describe('ports that change', () => {
  const fork = () =>
    graphOf({
      nodes: [
        {
          id: 's',
          name: 'S',
          type: 'switch',
          position: { x: 0, y: 0 },
          parameters: { cases: [{ label: 'x' }, { label: 'y' }, { label: 'z' }] },
        },
        { id: 't', name: 'T', type: 'no-op', position: { x: 304, y: 0 } },
        { id: 'u', name: 'U', type: 'no-op', position: { x: 304, y: 99 } },
      ],
      edges: [
        { source: 's', sourcePort: 'case1', target: 't' },
        { source: 's', sourcePort: 'case2', target: 'u' },
      ],
    });

  it('keeps each edge with its case when another case is removed', () => {
    expect(arrows(removeSwitchCase(fork(), 's', 0))).toEqual(['s.case0>t.main', 's.case1>u.main']);
    expect(arrows(removeSwitchCase(fork(), 's', 1))).toEqual(['s.case1>u.main']);
  });

  it('drops edges whose port is gone', () => {
    const graph = updateNode(fork(), 's', (node) => ({ ...node, parameters: { cases: [] } }));
    expect(graph.edges).toEqual([]);
  });
});

describe('toggleDisabled', () => {
  it('disables all, then enables all', () => {
    const off = toggleDisabled(toggleDisabled(chain(), new Set(['b'])), new Set(['b', 'c']));
    expect(off.nodes.map((node) => node.disabled)).toEqual([undefined, true, true]);
    expect(toggleDisabled(off, new Set(['b', 'c'])).nodes.some((node) => node.disabled)).toBe(false);
  });
});
