import { describe, expect, it } from '@jest/globals';
import { createPasses } from './passes.ts';

describe('Passes', () => {
  it('go on after one that failed, and end with the one under way', async () => {
    const failures: unknown[] = [];
    let begun = 0;
    let ended = 0;
    const third = Promise.withResolvers<void>();
    const passes = createPasses({
      everyMs: 1,
      onError: (error) => failures.push(error),
      pass: async () => {
        begun += 1;
        if (begun === 1) throw new Error('away');
        if (begun === 3) third.resolve();
        await new Promise((resolve) => setImmediate(resolve));
        ended += 1;
      },
    });
    passes.start();
    passes.start();
    await third.promise;
    await passes.stop();
    expect([begun, ended, failures]).toEqual([3, 2, [new Error('away')]]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(begun).toBe(3);
  });
});
