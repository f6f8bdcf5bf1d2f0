import { describe, expect, it } from '@jest/globals';
import { drawGraph } from '../engine/run/test-graphs.ts';
import { triggerItems } from './trigger-items.ts';

const startedAt = new Date('2026-03-01T12:00:00Z');
const clock = { timestamp: '2026-03-01T12:00:00.000Z', timezone: 'Europe/Lisbon' };

function itemsOf(type: string, parameters = {}, asked = 'Start') {
  const graph = drawGraph([['Start', type, parameters]], [], { timezone: 'Europe/Lisbon' });
  return triggerItems(graph, asked, startedAt).map(({ json }) => json);
}

describe('triggerItems', () => {
  it.each([
    ['an object is one item', '{ "n": 1 }', [{ n: 1 }]],
    ['a list is one item each', '[{ "n": 1 }, { "n": 2 }]', [{ n: 1 }, { n: 2 }]],
    ['nothing said is one empty item', undefined, [{}]],
  ])('of a manual trigger follow from its sample: %s', (_, sample, expected) => {
    expect(itemsOf('manual-trigger', sample === undefined ? {} : { sample })).toEqual(expected);
  });

  it('of a schedule tell when and in which zone it began', () => {
    expect(itemsOf('schedule-trigger')).toEqual([clock]);
  });

  it('are those of a clock for a trigger that is not in the graph: the run itself says so', () => {
    expect(itemsOf('manual-trigger', {}, 'gone')).toEqual([clock]);
  });
});
