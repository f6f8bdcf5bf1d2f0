import { describe, expect, it } from '@jest/globals';
import { drawGraph } from '../run/test-graphs.ts';
import { compileGraph } from './compile-graph.ts';

/** Nodes are given as `name:type`; edges as drawGraph takes them. */
function joinsOf(nodes: string[], edges: string[], disabled: string[] = []) {
  const lines = nodes.map((line): Parameters<typeof drawGraph>[0][number] => {
    const [name, type] = line.split(':') as [string, string];
    return [name, type, {}, disabled.includes(name) ? { disabled: true } : {}];
  });
  const { joins } = compileGraph(drawGraph(lines, edges));
  return {
    body: (loop: string) => [...(joins.bodies.get(loop) ?? [])].sort(),
    /** `node.port` of everything that can still feed an input, sorted. */
    feeds: (merge: string, port: string) =>
      [...(joins.merges.get(merge)?.get(port) ?? [])]
        .flatMap(([node, ports]) => [...ports].map((from) => `${node}.${from}`))
        .sort(),
    connected: (merge: string) => [...(joins.merges.get(merge)?.keys() ?? [])],
    joins,
  };
}

describe('what can still reach a merge', () => {
  it('is everything behind each input, by the port that leads there', () => {
    const { feeds, connected } = joinsOf(
      ['Start:manual-trigger', 'If:if', 'A:no-op', 'B:no-op', 'Merge:merge'],
      ['Start > If', 'If.true > A', 'If.false > B', 'A > Merge.input1', 'B > Merge.input2'],
    );
    expect(feeds('Merge', 'input1')).toEqual(['A.main', 'If.true', 'Start.main']);
    expect(feeds('Merge', 'input2')).toEqual(['B.main', 'If.false', 'Start.main']);
    expect(connected('Merge')).toEqual(['input1', 'input2']);
  });

  it('leaves out inputs without an edge', () => {
    const { connected } = joinsOf(['Start:manual-trigger', 'Merge:merge'], ['Start > Merge.input2']);
    expect(connected('Merge')).toEqual(['input2']);
  });

  it('goes round cycles, through other merges and through itself', () => {
    const { feeds } = joinsOf(
      ['Start:manual-trigger', 'Merge:merge', 'Work:no-op', 'Again:if', 'Inner:merge'],
      [
        ...['Start > Merge.input1', 'Merge > Work', 'Work > Inner.input1', 'Inner > Again'],
        'Again.true > Merge.input2',
      ],
    );
    expect(feeds('Merge', 'input2')).toEqual([
      'Again.true',
      'Inner.main',
      'Merge.main',
      'Start.main',
      'Work.main',
    ]);
  });

  it('names both ports of a node that leads there by both', () => {
    const { feeds } = joinsOf(
      ['Start:manual-trigger', 'If:if', 'A:no-op', 'Merge:merge'],
      ['Start > If', 'If.true > A', 'A > Merge.input1', 'If.false > Merge.input1'],
    );
    expect(feeds('Merge', 'input1')).toEqual(['A.main', 'If.false', 'If.true', 'Start.main']);
  });

  it('asks nothing for a merge that is disabled', () => {
    const { joins } = joinsOf(['Start:manual-trigger', 'Merge:merge'], ['Start > Merge.input1'], ['Merge']);
    expect(joins.merges.size).toBe(0);
  });
});

describe('the body of a loop', () => {
  it('is what its loop port reaches, not what done reaches', () => {
    const { body } = joinsOf(
      ['Start:manual-trigger', 'Loop:loop', 'A:no-op', 'B:no-op', 'After:no-op'],
      ['Start > Loop', 'Loop.loop > A', 'A > B', 'B > Loop', 'Loop.done > After'],
    );
    expect(body('Loop')).toEqual(['A', 'B']);
  });

  it('has branches that never come back', () => {
    const { body } = joinsOf(
      ['Start:manual-trigger', 'Loop:loop', 'A:no-op', 'Dead end:no-op'],
      ['Start > Loop', 'Loop.loop > A', 'A > Loop', 'A > Dead end'],
    );
    expect(body('Loop')).toEqual(['A', 'Dead end']);
  });

  it('has the whole of a loop inside it, while the inner one has only its own', () => {
    const { body } = joinsOf(
      ['Start:manual-trigger', 'Outer:loop', 'Inner:loop', 'A:no-op', 'B:no-op'],
      ['Start > Outer', 'Outer.loop > Inner', 'Inner.loop > A', 'A > Inner', 'Inner.done > B', 'B > Outer'],
    );
    expect(body('Outer')).toEqual(['A', 'B', 'Inner']);
    expect(body('Inner')).toEqual(['A']);
  });

  it('is empty where nothing hangs on its loop port', () => {
    const { body } = joinsOf(['Start:manual-trigger', 'Loop:loop'], ['Start > Loop']);
    expect(body('Loop')).toEqual([]);
  });
});
