/**
 * The promise under bad weather: runs of every kind are started without a pause while one process after the other gets kill -9: the
 * API, a worker, Temporal, Postgres. Every accepted run completes, every effect happens, and again only with its key and only when
 * its result was not stored.
 *
 * A minute here; `npm run test:kill` (HIVIEX_DRILL=full) takes ten.
 */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWithPostgres, describeWithTemporal } from '../scripts/stack/test-tools.ts';
import { type Cluster, startCluster } from './storm/cluster.ts';
import { type Judgement, judge } from './storm/judge.ts';
import type { Member } from './storm/member.ts';
import { storm } from './storm/storm.ts';

const isFull = process.env.HIVIEX_DRILL === 'full';
const size = isFull
  ? { seconds: 600, perSecond: 4, waits: [1, 120] as const, mishapEvery: 10 }
  : { seconds: 60, perSecond: 3, waits: [1, 20] as const, mishapEvery: 10 };
const patienceMs = 5 * 60_000;

describeWithTemporal('Under kill -9 of one process after the other', () => {
  describeWithPostgres('with Postgres, Temporal, an API and two workers apart', () => {
    let cluster: Cluster;
    let verdict: Judgement;

    beforeAll(
      async () => {
        cluster = await startCluster();
        await using weather = await storm(cluster, { ...size, mishap: killer(cluster) });
        verdict = await judge(cluster, weather, patienceMs);
        const { accepted, completed, lost, stuck, doubled, mismatched, failed, missing, repeated } = verdict;
        const figures = {
          ...{ accepted, completed, lost: lost.length, stuck: stuck.length },
          ...{ doubled: doubled.length, mismatched: mismatched.length },
          ...{ failed: failed.length, missing: missing.length, repeated, kills: weather.mishaps.length },
        };
        process.stdout.write(`${JSON.stringify(figures)}\n`);
      },
      size.seconds * 1_000 + patienceMs * 2,
    );
    afterAll(() => cluster?.stop(), 60_000);

    it('completes every accepted run', () => {
      const { lost, stuck, failed, completed, accepted } = verdict;
      expect({ lost, stuck, failed }).toEqual({ lost: [], stuck: [], failed: [] });
      expect(completed).toBe(accepted);
      expect(accepted).toBeGreaterThan((size.seconds * size.perSecond) / 3);
    });

    it('has every effect, at most once per key, and again only where its result was not stored', () => {
      const { missing, doubled } = verdict;
      expect({ missing, doubled }).toEqual({ missing: [], doubled: [] });
    });

    it('shows the states that Temporal has', () => {
      expect(verdict.mismatched).toEqual([]);
    });
  });
});

/** One member after the other, in an order by chance: each gets its turn before one gets a second. Up again at once. */
function killer({ members }: Cluster): () => Promise<string> {
  let turn: Member[] = [];
  return async () => {
    if (turn.length === 0) turn = members.toSorted(() => Math.random() - 0.5);
    const member = turn.pop()!;
    await member.kill();
    await member.start();
    return member.name;
  };
}
