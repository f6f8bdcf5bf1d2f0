import { describe, expect, it } from '@jest/globals';
import { createFairSlots } from './fair-slots.ts';

const never = new AbortController().signal;

/** Work that ends when told, and notes when it starts. */
function gatedWork(started: string[]) {
  const gates = new Map<string, () => void>();
  return {
    work: (name: string) => () => {
      started.push(name);
      return new Promise<void>((resolve) => gates.set(name, resolve));
    },
    async finish(name: string) {
      gates.get(name)?.();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

describe('fair slots', () => {
  it('run no more at a time than there are slots, in turn between keys', async () => {
    const started: string[] = [];
    const { work, finish } = gatedWork(started);
    const slots = createFairSlots(2);
    for (const [key, name] of [
      ['a', 'a1'],
      ['a', 'a2'],
      ['a', 'a3'],
      ['a', 'a4'],
      ['b', 'b1'],
      ['c', 'c1'],
    ] as const) {
      void slots.use(key, never, work(name));
    }
    expect(started).toEqual(['a1', 'a2']);
    for (const name of ['a1', 'a2', 'a3', 'b1', 'c1', 'a4']) await finish(name);
    expect(started).toEqual(['a1', 'a2', 'a3', 'b1', 'c1', 'a4']);
  });

  it('free the slot of work that fails', async () => {
    const slots = createFairSlots(1);
    await expect(slots.use('a', never, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await slots.use('a', never, async () => 'next')).toBe('next');
  });

  it('forget who gives up waiting', async () => {
    const started: string[] = [];
    const { work, finish } = gatedWork(started);
    const slots = createFairSlots(1);
    const controller = new AbortController();
    void slots.use('a', never, work('first'));
    const waiting = slots.use('a', controller.signal, work('given up'));
    void slots.use('a', never, work('last'));
    controller.abort(new Error('cancelled'));
    await expect(waiting).rejects.toThrow('cancelled');
    await finish('first');
    expect(started).toEqual(['first', 'last']);
    await expect(slots.use('a', controller.signal, work('late'))).rejects.toThrow('cancelled');
  });
});
