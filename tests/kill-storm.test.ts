/**
 * The promise under bad weather: runs of every kind are started without a pause while one process after the other gets kill -9: the
 * API, a worker, Temporal, Postgres. Every accepted run completes, every effect happens, and again only with its key and only when
 * its result was not stored.
 *
 * A minute here; `npm run test:kill` (HIVIEX_DRILL=full) takes ten.
 */
import { describeWithCluster } from '../scripts/stack/test-tools.ts';
import { type Cluster, startCluster } from './storm/cluster.ts';
import type { Member } from './storm/member.ts';
import { stormSuite } from './storm/storm-suite.ts';

describeWithCluster('Under kill -9 of one process after the other', () => {
  stormSuite(async () => {
    const cluster = await startCluster();
    return { cluster, mishap: killer(cluster), stop: cluster.stop };
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
