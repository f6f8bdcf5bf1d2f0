import { describe, expect, it } from '@jest/globals';
import type { Turn } from '../../contracts/chat/conversation.ts';
import { TurnQueue } from './turn-queue.ts';

const turn = (message: string): Turn => ({
  ...{ message, whileBusy: 'enqueue' },
  answerer: { kind: 'agent', agent: 'a', version: 'v' },
});

describe('TurnQueue', () => {
  it('says how many come before a turn, also when it comes again', () => {
    const turns = new TurnQueue();
    expect([turns.add(turn('a')), turns.add(turn('b')), turns.add(turn('b'))]).toEqual([0, 1, 1]);
    expect(turns.next()?.message).toBe('a');
    expect([turns.add(turn('a')), turns.add(turn('b')), turns.add(turn('c'))]).toEqual([0, 1, 2]);
    turns.done();
    expect([turns.next()?.message, turns.next()?.message, turns.next()]).toEqual(['b', 'c', undefined]);
    expect(turns.isBusy()).toBe(false);
  });

  it('takes out one that waits, or all, and knows them still', () => {
    const turns = new TurnQueue();
    for (const message of ['a', 'b', 'c', 'd']) turns.add(turn(message));
    turns.next();
    expect(turns.withdraw('c').map(({ message }) => message)).toEqual(['c']);
    expect(turns.withdraw('a')).toEqual([]);
    expect(turns.withdraw().map(({ message }) => message)).toEqual(['b', 'd']);
    expect([turns.add(turn('c')), turns.hasMore]).toEqual([0, false]);
  });

  it('goes on where another left off, and forgets what was answered long ago, but nothing that waits', () => {
    const turns = new TurnQueue();
    for (let n = 0; n < 300; n++) turns.add(turn(`${n}`));
    expect(turns.resume.taken).toHaveLength(300);
    for (let n = 0; n < 300; n++) turns.next();
    turns.done();
    turns.add(turn('last'));
    const next = new TurnQueue(turns.resume);
    expect([next.length, next.knows('0'), next.knows('299'), next.next()?.message]).toEqual([
      1,
      false,
      true,
      'last',
    ]);
  });
});
