import { expect, it } from '@jest/globals';
import { describeDatabases } from '../../db/testing/describe-databases.ts';
import { type Counters, createCounters } from './counters.ts';
import { type Budget, createLimiter } from './limiter.ts';

describeDatabases('The limiter', (database) => {
  let keys = 0;
  const budget = (limit: number, seconds = 60): Budget => ({ key: `test:${++keys}`, limit, seconds });
  /** Counters as a process has them that shares the table with others, and how often it asked. */
  const shared = () => {
    const counters = createCounters(database());
    const asked = { times: 0 };
    const counting: Counters = {
      ...counters,
      add: (...given) => {
        asked.times += 1;
        return counters.add(...given);
      },
    };
    return { asked, limiter: createLimiter(counting) };
  };
  const takeMany = async (times: number, take: () => Promise<{ allowed: boolean }>) => {
    const verdicts = await Promise.all(Array.from({ length: times }, take));
    return verdicts.filter(({ allowed }) => allowed).length;
  };

  it('allows a limit exactly, however many come at once', async () => {
    for (const limit of [1, 5, 19, 100, 101, 240]) {
      const { limiter } = shared();
      const one = budget(limit);
      expect(await takeMany(limit + 50, () => limiter.take(one))).toBe(limit);
    }
  });

  it('counts keys apart', async () => {
    const { limiter } = shared();
    const [a, b] = [budget(1), budget(1)];
    expect(await limiter.take(a)).toMatchObject({ allowed: true, remaining: 0 });
    expect(await limiter.take(b)).toMatchObject({ allowed: true });
    expect(await limiter.take(a)).toMatchObject({ allowed: false, remaining: 0 });
  });

  it('tells what is left and until when', async () => {
    const { limiter } = shared();
    const one = budget(400, 30);
    const left: number[] = [];
    for (let time = 0; time < 3; time++) {
      const { remaining, msLeft } = await limiter.take(one);
      left.push(remaining);
      expect(msLeft).toBeGreaterThan(0);
      expect(msLeft).toBeLessThanOrEqual(30_000);
    }
    expect(left).toEqual([399, 398, 397]);
  });

  it('asks for a spent budget no more until its window ends, and allows again then', async () => {
    const { limiter, asked } = shared();
    const one = budget(2, 1);
    expect(await takeMany(2, () => limiter.take(one))).toBe(2);
    const { msLeft } = await limiter.take(one);
    const before = asked.times;
    expect(await takeMany(20, () => limiter.take(one))).toBe(0);
    expect(asked.times).toBe(before);
    await new Promise((resolve) => setTimeout(resolve, msLeft + 20));
    expect(await limiter.take(one)).toMatchObject({ allowed: true, remaining: 1 });
  });

  it('gives back what was taken', async () => {
    const { limiter } = shared();
    const one = budget(2);
    for (let time = 0; time < 6; time++) {
      expect((await limiter.take(one)).allowed).toBe(true);
      await limiter.giveBack(one);
    }
    expect(await takeMany(4, () => limiter.take(one))).toBe(2);
  });

  it('throws when it can not count, and counts again afterwards', async () => {
    const counters = createCounters(database());
    let broken = true;
    const limiter = createLimiter({
      ...counters,
      add: (...given) => (broken ? Promise.reject(new Error('no database')) : counters.add(...given)),
    });
    const one = budget(1);
    await expect(limiter.take(one)).rejects.toThrow('no database');
    broken = false;
    expect(await limiter.take(one)).toMatchObject({ allowed: true });
  });

  it('holds across processes that share a database, with few questions', async () => {
    // Embedded there is one process, whose counters are its memory.
    if (database().kind === 'pglite') return;
    const [a, b] = [shared(), shared()];
    const one = budget(1_000);
    let allowed = 0;
    for (let round = 0; round < 700; round++)
      for (const { limiter } of [a, b]) if ((await limiter.take(one)).allowed) allowed += 1;
    expect(allowed).toBe(1_000);
    expect(a.asked.times + b.asked.times).toBeLessThanOrEqual(22);
    const row = await database().sql.query(`select points from rate_limits where key = $1`, [one.key]);
    expect(row).toHaveLength(1);
  });
});
