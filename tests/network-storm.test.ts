/**
 * The same promise over bad links: between API, workers, Postgres, Temporal and S3 stand proxies that cut, swallow, reset, lag and
 * crawl.
 *
 * A minute here; `npm run test:network` (HIVIEX_DRILL=full) takes ten.
 */
import { describeWithProxiedCluster, toxiproxyBinary } from '../scripts/stack/test-tools.ts';
import { startCluster } from './storm/cluster.ts';
import { networkMishaps } from './storm/network-mishap.ts';
import { stormSuite } from './storm/storm-suite.ts';
import { startToxiproxy } from './storm/toxiproxy.ts';

describeWithProxiedCluster('Over links that are cut and slowed', () => {
  stormSuite(async () => {
    const proxy = await startToxiproxy(toxiproxyBinary());
    const through = (name: string) => (address: string) => proxy.add(name, address);
    const [postgres, temporal, s3] = ['postgres', 'temporal', 's3'].map(through);
    const cluster = await startCluster({ postgres: postgres!, temporal: temporal!, s3: s3! });
    return {
      cluster,
      mishap: networkMishaps(proxy, ['postgres', 'temporal', 's3']),
      stop: async () => {
        await cluster.stop();
        await proxy.stop();
      },
    };
  });
});
