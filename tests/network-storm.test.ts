/**
 * The same promise over bad links: between API, workers, Postgres and Temporal stand proxies that cut, swallow, reset, lag and crawl.
 *
 * A minute here; `npm run test:network` (HIVIEX_DRILL=full) takes ten.
 */
import { describe } from '@jest/globals';
import {
  describeWithPostgres,
  describeWithTemporal,
  describeWithToxiproxy,
  toxiproxyBinary,
} from '../scripts/stack/test-tools.ts';
import { startCluster } from './storm/cluster.ts';
import { networkMishaps } from './storm/network-mishap.ts';
import { stormSuite } from './storm/storm-suite.ts';
import { startToxiproxy } from './storm/toxiproxy.ts';

describe('Over links that are cut and slowed', () => {
  describeWithTemporal('to Temporal', () => {
    describeWithPostgres('and Postgres', () => {
      describeWithToxiproxy('by toxiproxy', () => {
        stormSuite(async () => {
          const proxy = await startToxiproxy(toxiproxyBinary());
          const cluster = await startCluster({
            postgres: (address) => proxy.add('postgres', address),
            temporal: (address) => proxy.add('temporal', address),
          });
          return {
            cluster,
            mishap: networkMishaps(proxy, ['postgres', 'temporal']),
            stop: async () => {
              await cluster.stop();
              await proxy.stop();
            },
          };
        });
      });
    });
  });
});
