import { describe, expect, it } from '@jest/globals';
import { graph } from '../../contracts/graph.ts';
import { node } from '../testing/graphs.ts';
import { callCircles } from './call-circles.ts';

const call = (automation: string, calls: string) => ({ automation, name: automation.toUpperCase(), calls });

function circlesOf(calls: string[], published: ReturnType<typeof call>[], more = {}) {
  const nodes = calls.map((automation, index) => node('sub-automation', { automation }, `call-${index}`));
  return callCircles({ id: 'a', name: 'A', graph: graph.parse({ nodes, ...more }) }, published);
}

describe('callCircles', () => {
  it('names the circle and the node that enters it', () => {
    const found = circlesOf(['x', 'b'], [call('x', 'y'), call('b', 'c'), call('c', 'a'), call('c', 'x')]);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ severity: 'warning', code: 'call.circle', node: 'call-1' });
    expect(found[0]?.message.en).toContain('A → B → C → A');
  });

  it('knows one that calls itself', () => {
    expect(circlesOf(['a'], [])[0]?.message.pt).toContain('A → A');
  });

  it('goes round no circle of others for ever', () => {
    expect(circlesOf(['b'], [call('b', 'c'), call('c', 'b')])).toEqual([]);
  });

  it('leaves out what it called before, and nodes that are off', () => {
    expect(circlesOf(['b'], [call('a', 'a'), call('b', 'x')])).toEqual([]);
    const off = { nodes: [{ ...node('sub-automation', { automation: 'a' }), disabled: true }] };
    expect(callCircles({ id: 'a', name: 'A', graph: graph.parse(off) }, [])).toEqual([]);
  });

  it('warns of an automation that is to tell of its own failures', () => {
    expect(circlesOf([], [], { settings: { errorAutomation: 'a' } })).toMatchObject([
      { code: 'call.own-errors' },
    ]);
  });
});
