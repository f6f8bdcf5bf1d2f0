import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../contracts/json.ts';
import { SimulatedWorld } from './simulated-world.ts';
import { drawGraph, finishedSteps, json, outputOf, play } from './test-graphs.ts';

const calls = (parameters: JsonObject, extra = {}) =>
  drawGraph(
    [
      ['Start', 'manual-trigger'],
      ['Call', 'sub-automation', { automation: 'other', ...parameters }, extra],
      ['After', 'no-op'],
      ['Caught', 'no-op'],
    ],
    ['Start > Call', 'Call > After', 'Call.error > Caught'],
  );
const numbers = (count: number) => json(...Array.from({ length: count }, (_, n) => ({ n })));

describe('Running another automation', () => {
  it('sends all items at once and gives what comes back', async () => {
    const world = new SimulatedWorld();
    world.child = ({ items }) => ({ items: json({ got: items.length }) });
    await play(calls({}), world, numbers(3));
    expect(world.children).toHaveLength(1);
    expect(outputOf(world, 'After')).toEqual([{ got: 3 }]);
  });

  it('calls once for each item, so many at a time, and keeps the order whoever ends first', async () => {
    const world = new SimulatedWorld();
    let most = 0;
    world.child = ({ items }) => {
      const under = world.children.filter(({ endsAt }) => endsAt > world.clock).length + 1;
      most = Math.max(most, under);
      return { items: json({ n: items[0]!.json.n! }), takes: 100 - Number(items[0]!.json.n) * 10 };
    };
    await play(calls({ mode: 'each', concurrency: 3 }), world, numbers(8));
    expect(most).toBe(3);
    expect(outputOf(world, 'After')).toEqual(numbers(8).map((item) => item.json));
  });

  it('sends the fields that it is given, each as the item has them', async () => {
    const world = new SimulatedWorld();
    await play(calls({ values: [{ name: 'twice', value: '={{ $json.n * 2 }}' }] }), world, numbers(3));
    expect(world.children[0]!.call.items).toEqual(json({ twice: 0 }, { twice: 2 }, { twice: 4 }));
  });

  it('does not wait when it is told so, and lets the items go on', async () => {
    const world = new SimulatedWorld();
    world.child = () => ({ takes: 1_000_000 });
    const before = world.clock;
    await play(calls({ wait: false, mode: 'each' }), world, numbers(2));
    expect(outputOf(world, 'After')).toEqual([{ n: 0 }, { n: 1 }]);
    expect(world.clock - before).toBeLessThan(100);
  });

  it('fails when the run fails, and says which', async () => {
    const world = new SimulatedWorld();
    world.child = () => ({ fails: 'no stock' });
    const outcome = await play(calls({}), world, numbers(1));
    expect(outcome).toMatchObject({
      kind: 'failed',
      failure: { code: 'sub-automation-failed', node: 'Call', details: { run: 'child-0', code: 'test' } },
    });
  });

  it('sends only the items whose runs failed to the error port', async () => {
    const world = new SimulatedWorld();
    world.child = ({ items }) => (items[0]!.json.n === 1 ? { fails: 'no stock' } : { items });
    const graph = calls({ mode: 'each' }, { onError: 'errorPort' });
    expect(await play(graph, world, numbers(3))).toEqual({ kind: 'succeeded' });
    expect(outputOf(world, 'After')).toEqual([{ n: 0 }, { n: 2 }]);
    expect(outputOf(world, 'Caught')).toMatchObject([{ n: 1, error: { code: 'sub-automation-failed' } }]);
  });

  it('hands over while runs are under way and starts none twice', async () => {
    const whole = new SimulatedWorld();
    const parts = new SimulatedWorld();
    parts.continueAfter = 1;
    for (const world of [whole, parts]) {
      world.child = ({ items }) => ({ items, takes: 5_000 });
      await play(calls({ mode: 'each', concurrency: 2 }), world, numbers(5));
    }
    expect(parts.children.map(({ call }) => call.items)).toEqual(
      whole.children.map(({ call }) => call.items),
    );
    expect(parts.children.filter(({ cancelled }) => cancelled)).toEqual([]);
    expect(outputOf(parts, 'After')).toEqual(outputOf(whole, 'After'));
  });

  it('cancels the runs that it waits for when it is cancelled itself', async () => {
    const world = new SimulatedWorld();
    world.child = () => ({ takes: 60_000 });
    world.cancelAt = world.clock + 1_000;
    await expect(play(calls({ mode: 'each', concurrency: 2 }), world, numbers(5))).rejects.toThrow(
      'cancelled',
    );
    expect(world.children.map(({ cancelled }) => cancelled)).toEqual([true, true]);
    expect(finishedSteps(world, 'Call')[0]).toMatchObject({ state: 'cancelled' });
  });
});
