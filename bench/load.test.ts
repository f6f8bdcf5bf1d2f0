import { describe, expect, it } from '@jest/globals';
import { runLoad } from './load.ts';

describe('runLoad', () => {
  it('lasts until the work of all is done', async () => {
    let done = 0;
    const call = async () => {
      setTimeout(() => done++, 20);
      await new Promise((resolve) => setTimeout(resolve, 5));
    };
    const { count, latencies } = await runLoad({ callers: 3, durationMs: 30, call, worked: () => done });
    expect(done).toBe(count);
    expect(latencies).toHaveLength(count);
    expect(latencies).toEqual([...latencies].sort((a, b) => a - b));
  });

  it('does not wait for ever for work that was lost', async () => {
    let calls = 0;
    const call = async () => {
      calls++;
      await new Promise((resolve) => setTimeout(resolve, 5));
    };
    const load = runLoad({ callers: 1, durationMs: 10, call, worked: () => 0, workWithinMs: 10 });
    await expect(load).rejects.toThrow(/^Of \d+ accepted runs only 0 did their work\.$/);
    expect(calls).toBeGreaterThan(0);
  });
});
