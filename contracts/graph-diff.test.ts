import { describe, expect, it } from '@jest/globals';
import { type GraphInput, graph } from './graph.ts';
import { diffGraphs, isSameWork, nodesThatWorkAnew } from './graph-diff.ts';
import { downstreamOf, upstreamOf } from './graph-reach.ts';

const node = (id: string, more: object = {}) => ({
  id,
  name: id.toUpperCase(),
  type: 'edit-fields',
  position: { x: 0, y: 0 },
  ...more,
});
const draw = (nodes: object[], edges: [string, string][] = [], more: Partial<GraphInput> = {}) =>
  graph.parse({ nodes, edges: edges.map(([source, target]) => ({ source, target })), ...more });

describe('diffGraphs', () => {
  it('finds nothing in the same graph, whatever the order of members', () => {
    const one = draw([node('a', { parameters: { x: { y: 1, z: 2 } } })]);
    const other = draw([node('a', { parameters: { x: { z: 2, y: 1 } } })]);
    expect(isSameWork(diffGraphs(one, other))).toBe(true);
    expect(diffGraphs(one, other).nodes).toEqual([]);
  });

  it('says which nodes came, went, moved and changed, field by field', () => {
    const before = draw(
      [
        node('a', { parameters: { url: 'http://old', options: { deep: 1, same: 2 }, list: [1] } }),
        node('b'),
        node('gone'),
      ],
      [['a', 'b']],
    );
    const after = draw(
      [
        node('a', {
          name: 'New name',
          parameters: { url: 'http://new', options: { deep: 3, same: 2 }, list: [1, 2] },
        }),
        node('b', { position: { x: 5, y: 5 } }),
        node('new'),
      ],
      [['b', 'new']],
      { settings: { timezone: 'Europe/Lisbon' }, pinnedData: { b: [{ json: { n: 1 } }] } },
    );
    const diff = diffGraphs(before, after);
    expect(diff.nodes.map(({ kind, id }) => [kind, id])).toEqual([
      ['changed', 'a'],
      ['moved', 'b'],
      ['added', 'new'],
      ['removed', 'gone'],
    ]);
    const [changed] = diff.nodes;
    expect(changed?.kind === 'changed' && changed.fields).toEqual([
      { field: 'name', before: 'A', after: 'New name' },
      { field: 'parameters.url', before: 'http://old', after: 'http://new' },
      { field: 'parameters.options.deep', before: 1, after: 3 },
      { field: 'parameters.list', before: [1], after: [1, 2] },
    ]);
    expect(diff.edges.added).toMatchObject([{ source: 'b', target: 'new' }]);
    expect(diff.edges.removed).toMatchObject([{ source: 'a', target: 'b' }]);
    expect(diff.settings).toEqual([{ field: 'timezone', before: 'UTC', after: 'Europe/Lisbon' }]);
    expect(diff.pinned).toEqual(['B']);
    expect(isSameWork(diff)).toBe(false);
  });

  it('tells a node that works otherwise from one that was only moved or noted', () => {
    const before = draw([node('a'), node('b'), node('c')]);
    const after = draw([
      node('a', { notes: 'Watch this', position: { x: 9, y: 9 } }),
      node('b', { disabled: true }),
      node('c'),
      node('d'),
    ]);
    expect(nodesThatWorkAnew(before, after)).toEqual(['b', 'd']);
  });
});

describe('reach', () => {
  const cycle = draw(
    ['a', 'b', 'c', 'd'].map((id) => node(id)),
    [
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'b'],
      ['c', 'd'],
    ],
  );
  it('goes along the edges and through cycles', () => {
    expect([...downstreamOf(cycle, ['c'])].toSorted()).toEqual(['b', 'c', 'd']);
    expect([...upstreamOf(cycle, ['b'])].toSorted()).toEqual(['a', 'b', 'c']);
  });
});
