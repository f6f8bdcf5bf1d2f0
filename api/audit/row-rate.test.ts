import { describe, expect, it } from '@jest/globals';
import { createRowRate } from './row-rate.ts';

const minute = 60_000;

describe('The rate of rows', () => {
  it('is one a minute for the same, with how often it happened', () => {
    let now = 1_000_000;
    const rate = createRowRate(() => now);
    expect([rate.count('a'), rate.count('a'), rate.count('a'), rate.count('b')]).toEqual([
      1,
      undefined,
      undefined,
      1,
    ]);
    now += minute;
    expect([rate.count('a'), rate.count('b')]).toEqual([3, 1]);
    now += minute - 1;
    expect(rate.count('a')).toBeUndefined();
  });

  it('is bounded for all together, so that nobody fills the disk', () => {
    let now = 1_000_000;
    const rate = createRowRate(() => now);
    const rows = (count: number) =>
      Array.from({ length: count }, (_, at) => rate.count(`${now} ${at}`)).filter((times) => times).length;
    expect(rows(5_000)).toBe(600);
    now += minute;
    expect(rows(5_000)).toBe(600);
  });
});
