import { expect, it } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { startTemporal } from '../scripts/stack/temporal-server.ts';
import { describeWithTemporal, temporalBinary } from '../scripts/stack/test-tools.ts';
import { probeFairness } from './probe-fairness.ts';

describeWithTemporal('probeFairness', () => {
  it.each([
    ['keeps to both with our dynamic configuration', true],
    ['ignores both as it comes', false],
  ])(
    'finds that a server %s, and leaves nothing behind',
    async (_, tuned) => {
      const server = await startTemporal({ binary: temporalBinary(), tuned, say: () => {} });
      const connection = await Connection.connect({ address: server.address });
      try {
        const client = new Client({ connection });
        const { priority, fairness } = await probeFairness(client);
        // Four tasks may come in a fair order by chance; an untuned server never keeps to both.
        expect(priority && fairness).toBe(tuned);
        const left = async () => (await client.workflow.count()).count;
        while ((await left()) > 0) await new Promise((resolve) => setTimeout(resolve, 50));
      } finally {
        await connection.close();
        await server.stop();
      }
    },
    120_000,
  );
});
