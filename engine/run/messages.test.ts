import { describe, expect, it } from '@jest/globals';
import type { JsonObject, JsonValue } from '../../contracts/json.ts';
import { addresses, type RunMessage } from '../../contracts/run-message.ts';
import { Mailbox, mostKept } from './mailbox.ts';
import { emptyState } from './run-state.ts';
import { SimulatedWorld } from './simulated-world.ts';
import { drawGraph, finishedSteps, json, outputOf, play } from './test-graphs.ts';

const hour = 3_600_000;

const call = (node: string, body: JsonObject, index = 0, id = `${node}-${index}`): RunMessage => ({
  id,
  to: addresses.step(node, index),
  body,
});
const signal = (name: string, body: JsonValue, id: string = name): RunMessage => ({
  id,
  to: addresses.signal(name),
  body,
  by: { kind: 'user', name: 'Ana' },
});

/** Start > Wait > After, and what timed out to Late. */
function waiting(parameters: JsonObject) {
  return drawGraph(
    [
      ['Start', 'manual-trigger'],
      ['Wait', 'wait', parameters],
      [
        'After',
        'edit-fields',
        { assignments: [{ name: 'from', value: "={{ $('Start').item.json.order }}" }] },
      ],
      ['Late', 'no-op'],
    ],
    ['Start > Wait', 'Wait > After', ...(parameters.limitWait ? ['Wait.timeout > Late'] : [])],
  );
}

describe.each([0, 1])(
  'a run that waits for what is said to it (handed over after %i events)',
  (continueAfter) => {
    const worldOf = () => {
      const world = new SimulatedWorld();
      world.continueAfter = continueAfter;
      return world;
    };

    it('goes on with what a call brought, and knows which items it descends from', async () => {
      const world = worldOf();
      world.send(2 * hour, call('Wait', { body: { paid: true } }));
      const began = world.clock;
      expect(await play(waiting({ mode: 'webhook' }), world, json({ order: 17 }))).toEqual({
        kind: 'succeeded',
      });
      expect(outputOf(world, 'After')).toEqual([{ body: { paid: true }, from: 17 }]);
      expect(world.clock - began).toBe(2 * hour);
      expect(world.events).toContainEqual(expect.objectContaining({ type: 'run.state', state: 'waiting' }));
    });

    it('takes an answer that came before the wait began', async () => {
      const world = worldOf();
      world.send(0, call('Wait', { body: 'early' }));
      const graph = drawGraph(
        [
          ['Start', 'manual-trigger'],
          ['Slow', 'wait', { amount: 30, unit: 'days' }],
          ['Wait', 'wait', { mode: 'webhook' }],
        ],
        ['Start > Slow', 'Slow > Wait'],
      );
      expect(await play(graph, world)).toEqual({ kind: 'succeeded' });
      expect(outputOf(world, 'Wait')).toEqual([{ body: 'early' }]);
    });

    it('is told by a signal what was said and by whom', async () => {
      const world = worldOf();
      world.send(5, signal('paid', [1, 2]));
      await play(waiting({ mode: 'signal', signal: 'paid' }), world, json({ order: 1 }));
      expect(outputOf(world, 'Wait')).toEqual([
        { signal: 'paid', body: [1, 2], by: { kind: 'user', name: 'Ana' } },
      ]);
    });

    it('hears a message once, however often it is sent', async () => {
      const world = worldOf();
      for (const after of [1, 2, 3]) world.send(after, signal('go', after, 'the same'));
      world.send(50, signal('go', 'other', 'another'));
      const graph = drawGraph(
        [
          ['Start', 'manual-trigger'],
          ['One', 'wait', { mode: 'signal', signal: 'go' }],
          ['Two', 'wait', { mode: 'signal', signal: 'go' }],
        ],
        ['Start > One', 'One > Two'],
      );
      expect(await play(graph, world)).toEqual({ kind: 'succeeded' });
      expect(outputOf(world, 'One')?.[0]?.body).toBe(1);
      expect(outputOf(world, 'Two')?.[0]?.body).toBe('other');
    });

    it('gives each of two waits for one signal one of them', async () => {
      const world = worldOf();
      world.send(1, signal('go', 'a', '1'));
      world.send(9, signal('go', 'b', '2'));
      const graph = drawGraph(
        [
          ['Start', 'manual-trigger'],
          ['Left', 'wait', { mode: 'signal', signal: 'go' }],
          ['Right', 'wait', { mode: 'signal', signal: 'go' }],
        ],
        ['Start > Left', 'Start > Right'],
      );
      expect(await play(graph, world)).toEqual({ kind: 'succeeded' });
      const bodies = ['Left', 'Right'].map((node) => outputOf(world, node)?.[0]?.body);
      expect(bodies.sort()).toEqual(['a', 'b']);
    });

    it('tells the rounds of a loop apart: an answer for the second does not end the first', async () => {
      const world = worldOf();
      world.send(1, call('Wait', { n: 'second' }, 1));
      world.send(hour, call('Wait', { n: 'first' }, 0));
      const graph = drawGraph(
        [
          ['Start', 'manual-trigger'],
          ['Loop', 'loop', { batchSize: 1 }],
          ['Wait', 'wait', { mode: 'webhook' }],
        ],
        ['Start > Loop', 'Loop.loop > Wait', 'Wait > Loop'],
      );
      expect(await play(graph, world, json({ a: 1 }, { a: 2 }))).toEqual({ kind: 'succeeded' });
      expect(outputOf(world, 'Loop', 'done', 2)).toEqual([{ n: 'first' }, { n: 'second' }]);
    });

    it('has whoever tells events know of it before it waits for one, and no more after', async () => {
      const world = worldOf();
      const wait = { mode: 'event', event: 'order.*', matchPath: 'id', matchValue: '={{ $json.order }}' };
      world.send(2 * hour, call('Wait', { id: 'e1', name: 'order.paid', data: { id: 17 } }));
      expect(await play(waiting(wait), world, json({ order: 17 }))).toEqual({ kind: 'succeeded' });
      expect(outputOf(world, 'After')).toEqual([
        { id: 'e1', name: 'order.paid', data: { id: 17 }, from: 17 },
      ]);
      expect(world.announcements).toMatchObject([
        { kind: 'event.awaited', event: { name: 'order.*', match: { path: 'id', value: '17' } } },
        { kind: 'event.over', step: { node: 'Wait', index: 0 } },
      ]);
    });

    it('no longer listens to events once it has given up', async () => {
      const world = worldOf();
      const limit = { limitWait: true, limitAmount: 1, limitUnit: 'hours' };
      await play(waiting({ mode: 'event', event: 'order.paid', ...limit }), world, json({ order: 1 }));
      expect(outputOf(world, 'Late')).toEqual([{ order: 1 }]);
      expect(world.announcements.map(({ kind }) => kind)).toEqual(['event.awaited', 'event.over']);
    });

    it('fails with a cause when it is to wait for no event', async () => {
      const graph = waiting({ mode: 'event', event: '={{ $json.none ?? "" }}' });
      expect(await play(graph, worldOf(), json({ order: 1 }))).toMatchObject({
        kind: 'failed',
        failure: { code: 'event-name', node: 'Wait' },
      });
    });

    it('gives up at its limit, and an answer after that changes nothing', async () => {
      const world = worldOf();
      const graph = waiting({ mode: 'webhook', limitWait: true, limitAmount: 3, limitUnit: 'hours' });
      const began = world.clock;
      world.send(3 * hour + 1, call('Wait', { body: 'late' }));
      expect(await play(graph, world, json({ order: 1 }))).toEqual({ kind: 'succeeded' });
      expect(outputOf(world, 'Late')).toEqual([{ order: 1 }]);
      expect(outputOf(world, 'After')).toBeUndefined();
      expect(world.clock - began).toBe(3 * hour);
      const started = world.events.find((event) => event.type === 'step.started' && event.node === 'Wait');
      expect(started).toMatchObject({ state: 'waiting', until: began + 3 * hour });
    });

    it('ends when it is cancelled', async () => {
      const world = worldOf();
      world.cancelAt = world.clock + hour;
      await expect(play(waiting({ mode: 'webhook' }), world)).rejects.toThrow('cancelled');
      expect(finishedSteps(world, 'Wait')).toMatchObject([{ state: 'cancelled' }]);
      expect(world.events.at(-1)).toMatchObject({ type: 'run.finished', state: 'cancelled' });
    });

    it('fails with a cause when the signal has no name', async () => {
      const graph = waiting({ mode: 'signal', signal: '={{ $json.none ?? "" }}' });
      expect(await play(graph, worldOf())).toMatchObject({ kind: 'failed', failure: { code: 'wrong-type' } });
    });
  },
);

describe('a mailbox', () => {
  it('keeps so many messages for nobody, and always takes one that somebody waits for', () => {
    const state = emptyState();
    const mailbox = new Mailbox(state);
    for (let n = 0; n < mostKept; n++) expect(mailbox.put(signal('spam', n, `${n}`))).toBe(true);
    expect(mailbox.put(signal('spam', 'more', 'more'))).toBe(false);
    void mailbox.bell(addresses.signal('wanted'));
    expect(mailbox.put(signal('wanted', 'this'))).toBe(true);
    expect(mailbox.take(addresses.signal('wanted'))?.body).toBe('this');
    mailbox.take(addresses.signal('spam'));
    expect(mailbox.put(signal('spam', 'more', 'more'))).toBe(true);
  });

  it('measures what it keeps, across a hand-over', () => {
    const state = emptyState();
    expect(new Mailbox(state).put(signal('a', 'x'.repeat(900_000), '1'))).toBe(true);
    const next = new Mailbox(state);
    expect(next.put(signal('a', 'x'.repeat(200_000), '2'))).toBe(false);
    next.take(addresses.signal('a'));
    expect(next.put(signal('a', 'x'.repeat(200_000), '2'))).toBe(true);
  });
});
