import { describe, expect, it } from '@jest/globals';
import type { ItemOutcome } from '../../contracts/effect.ts';
import type { Graph } from '../../contracts/graph.ts';
import { takeBatch } from './effect-batch.ts';
import type { EffectCall } from './engine-ports.ts';
import { SimulatedWorld } from './simulated-world.ts';
import { drawGraph, finishedSteps, json, outputOf, play } from './test-graphs.ts';

type Extra = Partial<Graph['nodes'][number]>;

/** Hashes the value, or refuses the one that is "bad". */
function hashed({ input }: EffectCall): { outcomes: ItemOutcome[] } {
  const outcomes: ItemOutcome[] = [];
  for (const [position, item] of input.items.entries()) {
    const { value } = input.each?.[position] ?? input.parameters;
    const bad = value === 'bad';
    outcomes.push(
      bad
        ? { failure: { code: 'refused', message: 'bad' } }
        : { items: [{ json: { ...item.json, data: `#${value}` } }] },
    );
    if (bad && !input.goesOn) break;
  }
  return { outcomes };
}

const graphOf = (extra: Extra = {}) =>
  drawGraph(
    [
      ['Start', 'manual-trigger'],
      ['Hash', 'crypto', { value: '={{ $json.v.trim() }}' }, extra],
      ['Good', 'edit-fields', { assignments: [{ name: 'was', value: "={{ $('Start').item.json.v }}" }] }],
      ['Bad', 'no-op'],
    ],
    ['Start > Hash', 'Hash > Good', ...(extra.onError === 'errorPort' ? ['Hash.error > Bad'] : [])],
  );

describe('a node that is called in batches', () => {
  it('takes many items in one call, each with its own parameters, and pairs what comes of them', async () => {
    const world = new SimulatedWorld(hashed);
    await play(graphOf(), world, json(...Array.from({ length: 450 }, (_, n) => ({ v: String(n) }))));
    expect(world.calls.map(({ input }) => input.items.length)).toEqual([200, 200, 50]);
    expect(world.calls.map(({ input }) => input.context.idempotencyKey)).toEqual([
      'run-1:Hash:0:0',
      'run-1:Hash:0:200',
      'run-1:Hash:0:400',
    ]);
    expect(outputOf(world, 'Good')?.[449]).toEqual({ v: '449', data: '#449', was: '449' });
  });

  it('sends the parameters once when no item changes them', async () => {
    const world = new SimulatedWorld(hashed);
    const graph = drawGraph(
      [
        ['Start', 'manual-trigger'],
        ['Hash', 'crypto', { value: 'x' }],
      ],
      ['Start > Hash'],
    );
    await play(graph, world, json({ n: 1 }, { n: 2 }));
    expect(world.calls[0]?.input.each).toBeUndefined();
    expect(outputOf(world, 'Hash')).toEqual([
      { n: 1, data: '#x' },
      { n: 2, data: '#x' },
    ]);
  });

  const mixed = json({ v: 'a' }, { v: 'bad' }, { v: 5 }, { v: 'd' });

  it('fails with its first item that fails', async () => {
    const world = new SimulatedWorld(hashed);
    const outcome = await play(graphOf(), world, json({ v: 'a' }, { v: 'bad' }, { v: 'd' }));
    expect(outcome).toMatchObject({ kind: 'failed', failure: { code: 'refused', node: 'Hash' } });
  });

  it('sends items that fail, and those whose parameters do, to its error port, and goes on with the others', async () => {
    const world = new SimulatedWorld(hashed);
    await play(graphOf({ onError: 'errorPort' }), world, mixed);
    expect(outputOf(world, 'Good')?.map(({ data }) => data)).toEqual(['#a', '#d']);
    expect(outputOf(world, 'Bad')).toMatchObject([
      { v: 'bad', error: { code: 'refused' } },
      { v: 5, error: { code: expect.any(String) } },
    ]);
  });

  it('says so when its activity forgot an item', async () => {
    const world = new SimulatedWorld(() => ({ outcomes: [] }));
    expect(await play(graphOf(), world, mixed.slice(0, 1))).toMatchObject({
      ...{ kind: 'failed', failure: { code: 'internal' } },
    });
  });

  it('gives the same when its state is handed over after each event', async () => {
    const items = json(...Array.from({ length: 450 }, (_, n) => ({ v: String(n) })));
    const handed = new SimulatedWorld(hashed);
    handed.continueAfter = 1;
    await play(graphOf(), handed, items);
    const whole = new SimulatedWorld(hashed);
    await play(graphOf(), whole, items);
    expect(outputOf(handed, 'Good')).toEqual(outputOf(whole, 'Good'));
    expect(finishedSteps(handed)).toHaveLength(finishedSteps(whole).length);
  });
});

describe('takeBatch', () => {
  it('takes what one payload holds, and one item at least', () => {
    const traced = [300_000, 200_000, 900_000, 1].map((length) => ({
      item: { json: { x: 'x'.repeat(length) } },
    }));
    const todo = [0, 1, 2, 3];
    const batches = [];
    while (todo.length > 0) batches.push(takeBatch(todo, traced as never));
    expect(batches).toEqual([[0], [1], [2], [3]]);
  });
});
