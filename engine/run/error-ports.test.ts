/** What a builder expects of every node that touches the world: its failure can be caught, item by item, and a loop can ask until it is done. */
import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../contracts/json.ts';
import { effects } from '../nodes/effects.ts';
import { SimulatedWorld } from './simulated-world.ts';
import { drawGraph, finishedSteps, json, outputOf, play } from './test-graphs.ts';

/** Parameters without which a node would be refused before it is called. */
const parametersOf: Record<string, JsonObject> = {
  'http-request': { url: 'http://stub', method: 'POST' },
  'data-table': { table: 'orders' },
  graphql: { url: 'http://stub', query: '{ orders }' },
  rss: { url: 'http://stub' },
  'mcp-tool': { server: 'files', tool: 'read_file' },
};

/** A node of the kind between a trigger and an end, its failures sent another way. */
const caught = (type: string) =>
  drawGraph(
    [
      ['Start', 'manual-trigger'],
      ['Call', type, parametersOf[type] ?? {}, { onError: 'errorPort' }],
      ['After', 'no-op'],
      ['Caught', 'no-op'],
    ],
    ['Start > Call', 'Call > After', 'Call.error > Caught'],
  );

describe('the error port', () => {
  it.each(Object.keys(effects))('takes what fails of %s, and the run goes on', async (type) => {
    const world = new SimulatedWorld(() => ({ fails: 'away' }));
    expect(await play(caught(type), world, json({ n: 1 }))).toEqual({ kind: 'succeeded' });
    expect(world.calls.length).toBeGreaterThan(0);
    expect(finishedSteps(world, 'After')).toEqual([]);
    expect(outputOf(world, 'Caught')).toMatchObject([{ n: 1, error: { message: 'away' } }]);
  });

  it.each(Object.keys(effects))('is what saves the run: without it %s fails it', async (type) => {
    const world = new SimulatedWorld(() => ({ fails: 'away' }));
    const graph = caught(type);
    graph.nodes[1]!.onError = 'stop';
    expect(await play(graph, world, json({ n: 1 }))).toMatchObject({
      kind: 'failed',
      failure: { message: 'away', node: 'Call' },
    });
  });
});

describe('polling until something is done', () => {
  it('asks, waits and asks again by an edge that leads back', async () => {
    let asked = 0;
    const world = new SimulatedWorld(() => ({ items: json({ done: ++asked === 4 }) }));
    const graph = drawGraph(
      [
        ['Start', 'manual-trigger'],
        ['Ask', 'http-request', { url: 'http://stub' }],
        ['Done?', 'if', { conditions: [{ left: '={{ $json.done }}', operator: 'boolean.true' }] }],
        ['Pause', 'wait', { amount: 10, unit: 'minutes' }],
        ['After', 'no-op'],
      ],
      ['Start > Ask', 'Ask > Done?', 'Done?.true > After', 'Done?.false > Pause', 'Pause > Ask'],
    );
    const before = world.clock;
    expect(await play(graph, world, json({}))).toEqual({ kind: 'succeeded' });
    expect(finishedSteps(world, 'Ask').map(({ index }) => index)).toEqual([0, 1, 2, 3]);
    expect(finishedSteps(world, 'Pause')).toHaveLength(3);
    expect(outputOf(world, 'After')).toEqual([{ done: true }]);
    expect(world.clock - before).toBeGreaterThanOrEqual(30 * 60_000);
  });
});
