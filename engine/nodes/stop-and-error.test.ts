import { describe, expect, it } from '@jest/globals';
import type { JsonObject, JsonValue } from '../../contracts/json.ts';
import { SimulatedWorld } from '../run/simulated-world.ts';
import { drawGraph, json, outputOf, play } from '../run/test-graphs.ts';

async function stop(parameters: JsonObject, more: object = {}) {
  const world = new SimulatedWorld();
  const graph = drawGraph(
    [
      ['Start', 'manual-trigger'],
      ['Stop', 'stop-and-error', parameters, more],
      ['Wait', 'wait', { amount: 1, unit: 'days' }],
      ['Caught', 'no-op'],
    ],
    ['Start > Stop', 'Start > Wait', ...('onError' in more ? ['Stop.error > Caught'] : [])],
  );
  return { outcome: await play(graph, world, json({ left: 0 })), world };
}

describe('stop-and-error', () => {
  it.each<[string, JsonObject, JsonObject]>([
    [
      'a message',
      { message: '={{ "Only " + $json.left + " left" }}', code: 'out-of-stock' },
      { code: 'out-of-stock', message: 'Only 0 left', node: 'Stop' },
    ],
    ['nothing said', {}, { code: 'stopped', message: 'The automation stopped itself.' }],
    [
      'an object',
      { mode: 'object', object: '={{ { code: "c", message: "m", hint: "h", left: $json.left } }}' },
      { code: 'c', message: 'm', hint: 'h', details: { code: 'c', message: 'm', hint: 'h', left: 0 } },
    ],
    ['JSON as text', { mode: 'object', object: '{"error":"e"}' }, { code: 'stopped', message: 'e' }],
    ['text that is no JSON', { mode: 'object', object: 'broken' }, { message: 'broken' }],
    ['a list', { mode: 'object', object: '={{ [1] }}' }, { details: { value: [1] as JsonValue } }],
  ])('ends the run at once with %s', async (_, parameters, failure) => {
    const { outcome, world } = await stop(parameters);
    expect(outcome).toMatchObject({ kind: 'failed', failure });
    expect(world.events.at(-1)).toMatchObject({ type: 'run.finished', state: 'failed', failure });
  });

  it('can be caught by an error port, as any failure', async () => {
    const { outcome, world } = await stop({ message: 'no' }, { onError: 'errorPort' });
    expect(outcome.kind).toBe('succeeded');
    expect(outputOf(world, 'Caught')).toMatchObject([{ left: 0, error: { code: 'stopped', message: 'no' } }]);
  });
});
