import { expect, it } from '@jest/globals';
import { eventName, isOwnName, listenedKeysOf, listenedName } from './events.ts';

it('names every key under which an event may be listened to, the nearest first', () => {
  expect(listenedKeysOf('order.paid.eu')).toEqual(['order.paid.eu', 'order.paid.*', 'order.*', '*']);
  expect(listenedKeysOf('ping')).toEqual(['ping', '*']);
});

it.each(['order.paid', 'order', 'a-b_c.D1'])('takes %s for a name', (name) => {
  expect(eventName.safeParse(name).success).toBe(true);
});

it.each(['', '.', 'order.', '.paid', 'order..paid', 'order.*', 'two words', 'a'.repeat(101)])(
  'takes %j for no name',
  (name) => {
    expect(eventName.safeParse(name).success).toBe(false);
  },
);

it('lets listeners name one event, all under a part, or all', () => {
  const names = ['order.paid', 'order.*', '*', 'order*', '*.paid', 'order.*.eu'];
  expect(names.map((name) => listenedName.safeParse(name).success)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});

it('keeps names of its own', () => {
  expect([isOwnName('run.failed'), isOwnName('running.late'), isOwnName('order.run.failed')]).toEqual([
    true,
    false,
    false,
  ]);
});
