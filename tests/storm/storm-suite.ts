/** What every storm promises, whatever goes wrong in it. One JSON line says the figures. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Cluster } from './cluster.ts';
import { type Judgement, judge } from './judge.ts';
import { type StormOptions, storm } from './storm.ts';

export interface Scene {
  cluster: Cluster;
  mishap: StormOptions['mishap'];
  stop(): Promise<void>;
}

const isFull = process.env.HIVIEX_DRILL === 'full';
const size = isFull
  ? { seconds: 600, perSecond: 4, waits: [1, 120] as const, mishapEvery: 10 }
  : { seconds: 60, perSecond: 3, waits: [1, 20] as const, mishapEvery: 6 };
/** For what is under way when the storm is over. */
const patienceMs = 5 * 60_000;

export function stormSuite(begin: () => Promise<Scene>): void {
  let scene: Scene;
  let verdict: Judgement;

  beforeAll(
    async () => {
      scene = await begin();
      await using weather = await storm(scene.cluster, { ...size, mishap: scene.mishap });
      verdict = await judge(scene.cluster, weather, patienceMs);
      const { accepted, completed, lost, stuck, doubled, mismatched, failed, missing, repeated } = verdict;
      const figures = {
        ...{ accepted, completed, lost: lost.length, stuck: stuck.length },
        ...{ doubled: doubled.length, mismatched: mismatched.length },
        ...{ failed: failed.length, missing: missing.length, repeated },
        ...{ ticks: weather.ticks.runs.length, missed: verdict.missed.length },
        mishaps: weather.mishaps.length,
      };
      process.stdout.write(`${JSON.stringify(figures)}\n`);
    },
    size.seconds * 1_000 + patienceMs * 2,
  );
  afterAll(() => scene?.stop(), 60_000);

  it('completes every accepted run', () => {
    const { lost, stuck, failed, completed, accepted } = verdict;
    expect({ lost, stuck, failed }).toEqual({ lost: [], stuck: [], failed: [] });
    expect(completed).toBe(accepted);
    expect(accepted).toBeGreaterThan((size.seconds * size.perSecond) / 3);
  });

  it('has every effect, once per key, and again only where its result was not stored', () => {
    const { missing, doubled } = verdict;
    expect({ missing, doubled }).toEqual({ missing: [], doubled: [] });
  });

  it('misses no tick of a schedule', () => {
    expect(verdict.missed).toEqual([]);
  });

  it('shows the states that Temporal has', () => {
    expect(verdict.mismatched).toEqual([]);
  });
}
