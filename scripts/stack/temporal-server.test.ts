import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { freePort } from './free-port.ts';
import { processIdentity } from './process-identity.ts';
import { type Say, say } from './say.ts';
import { searchAttributes } from './search-attributes.ts';
import { startTemporal, type TemporalServer } from './temporal-server.ts';
import { describeWithTemporal, temporalBinary } from './test-tools.ts';

const quiet: Say = () => {};

describeWithTemporal('startTemporal', () => {
  let dataDir: string;
  let running: TemporalServer | undefined;

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'hiviex temporal?'));
  });
  afterEach(async () => {
    await running?.stop();
    running = undefined;
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function start(options: { dataDir?: string; ports?: { grpc?: number; ui?: number } } = {}) {
    running = await startTemporal({ binary: temporalBinary(), say: quiet, ...options });
    const connection = await Connection.connect({ address: running.address });
    return { server: running, connection, client: new Client({ connection, namespace: running.namespace }) };
  }

  it('accepts a workflow the moment it is ready, and still has it after a kill -9', async () => {
    const ports = { grpc: await freePort(), ui: await freePort() };
    const first = await start({ dataDir, ports });
    await first.client.workflow.start('anything', { workflowId: 'kept', taskQueue: 'nobody', args: [] });
    await first.connection.close();
    process.kill(first.server.pid, 'SIGKILL');
    expect((await first.server.ended).signal).toBe('SIGKILL');

    const second = await start({ dataDir, ports });
    expect(second.server.address).toBe(first.server.address);
    const { status } = await second.client.workflow.getHandle('kept').describe();
    expect(status.name).toBe('RUNNING');
    await second.connection.close();
  });

  it('registers the search attributes and serves its UI', async () => {
    const { server, connection } = await start();
    const { customAttributes } = await connection.operatorService.listSearchAttributes({
      namespace: server.namespace,
    });
    expect(Object.keys(customAttributes ?? {})).toEqual(expect.arrayContaining([...searchAttributes]));
    expect((await fetch(server.uiUrl)).status).toBe(200);
    await connection.close();
  });

  it('takes other ports when its own are in use, and is gone after stop', async () => {
    const ports = { grpc: await freePort(), ui: await freePort() };
    const first = await startTemporal({ binary: temporalBinary(), say: quiet, ports });
    const second = await startTemporal({ binary: temporalBinary(), say: quiet, ports });
    expect(first.address).toBe(`127.0.0.1:${ports.grpc}`);
    expect(second.address).not.toBe(first.address);
    await Promise.all([first.stop(), second.stop()]);
    expect(processIdentity(first.pid)).toBeUndefined();
    expect(processIdentity(second.pid)).toBeUndefined();
  });

  it('refuses a data folder that a running server uses', async () => {
    await start({ dataDir });
    await expect(startTemporal({ binary: temporalBinary(), say: quiet, dataDir })).rejects.toThrow(
      /already running/,
    );
  });

  it('sets the database up anew when the first start was cut off half-way', async () => {
    const { connection } = await start({ dataDir });
    await connection.close();
    await running?.stop();
    rmSync(join(dataDir, 'temporal', 'ready'));
    writeFileSync(join(dataDir, 'temporal', 'temporal.db'), '');
    await (await start({ dataDir })).connection.close();
  });

  it('says what is wrong when the server does not come up', async () => {
    await expect(startTemporal({ binary: '/bin/false', say, dataDir })).rejects.toThrow(
      /Temporal did not start: it ended/,
    );
  });
});
