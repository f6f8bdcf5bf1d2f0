/** API and worker that are started before Postgres and Temporal: they wait, say for what, and serve when both have come. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createPostgresDatabase, type TestPostgres } from '../db/testing/postgres-database.ts';
import { freePort } from '../scripts/stack/free-port.ts';
import { type LeashedProcess, spawnLeashed } from '../scripts/stack/leashed-process.ts';
import { startTemporal, type TemporalServer } from '../scripts/stack/temporal-server.ts';
import { describeWithKills, temporalBinary } from '../scripts/stack/test-tools.ts';
import { bundleCache } from './replay/running-engine.ts';
import { chain, node, webhook } from './support/graphs.ts';
import { apiKey } from './support/hiviex.ts';
import { eventually, HiviexApi } from './support/hiviex-api.ts';

const root = join(import.meta.dirname, '..');
const patience = 120_000;

interface Readiness {
  status: string;
  database: string;
  temporal: string;
  causes?: { database?: string; temporal?: string };
}

describeWithKills('API and worker, started while Postgres and Temporal are down', () => {
  let home: string;
  let postgres: TestPostgres;
  let ports: { api: number; postgres: number; temporal: number };
  let processes: { api: LeashedProcess; worker: LeashedProcess };
  let api: HiviexApi;
  let gate: Server | undefined;
  let temporal: TemporalServer | undefined;

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'hiviex-down-'));
    mkdirSync(bundleCache, { recursive: true });
    symlinkSync(bundleCache, join(home, 'cache'));
    postgres = await createPostgresDatabase();
    ports = { api: await steadyPort(), postgres: await steadyPort(), temporal: await steadyPort() };
    const url = new URL(postgres.url);
    url.host = `127.0.0.1:${ports.postgres}`;
    const env = {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '',
      PORT: String(ports.api),
      HIVIEX_DATA_DIR: home,
      DATABASE_URL: url.href,
      DATABASE_POOL: '4',
      TEMPORAL_ADDRESS: `127.0.0.1:${ports.temporal}`,
      HIVIEX_MASTER_KEY: randomBytes(32).toString('base64'),
      HIVIEX_PAYLOAD_KEYS: `k1:${randomBytes(32).toString('base64')}`,
      HIVIEX_API_KEY: apiKey,
    };
    const start = (entry: string) =>
      spawnLeashed({ command: process.execPath, args: [join(root, entry)], cwd: root, env });
    processes = { api: start('api/main.ts'), worker: start('worker/main.ts') };
    api = new HiviexApi(`http://127.0.0.1:${ports.api}`, apiKey);
  }, patience);

  async function readiness(): Promise<Readiness> {
    return (await api.call<Readiness>('GET', '/readyz')).body;
  }

  afterAll(async () => {
    await Promise.all([processes.api.stop(), processes.worker.stop()]);
    gate?.close();
    await temporal?.stop();
    await postgres.drop();
    rmSync(home, { recursive: true, force: true });
  }, patience);

  it(
    'are alive, not ready, and say why',
    async () => {
      const down = 'refuses connections';
      await eventually(
        () => readiness().catch(() => undefined), // until the port is open
        (ready) => ready?.causes?.database === down && ready.causes.temporal === down,
      );
      expect((await readiness()).status).toBe('down');
      expect(await api.call('GET', '/healthz')).toMatchObject({ status: 200, body: { status: 'ok' } });
      expect(await api.call('GET', '/api/v1/automations')).toMatchObject({
        status: 503,
        body: { code: 'starting' },
      });
      for (const process of Object.values(processes))
        await eventually(
          async () => process.output(),
          (output) => said(output, 'Postgres', ports.postgres) && said(output, 'Temporal', ports.temporal),
        );
    },
    patience,
  );

  it(
    'go on when Postgres comes, and wait for Temporal alone',
    async () => {
      gate = await forward(ports.postgres, Number(new URL(postgres.url).port));
      const ready = await eventually(readiness, ({ database }) => database === 'ok');
      expect(ready).toEqual({
        ...{ status: 'down', database: 'ok', temporal: 'down' },
        causes: { temporal: 'refuses connections' },
      });
    },
    patience,
  );

  it(
    'serve when Temporal comes as well',
    async () => {
      temporal = await startTemporal({
        binary: temporalBinary(),
        ports: { grpc: ports.temporal },
        say: () => {},
      });
      await eventually(readiness, ({ status }) => status === 'ok');
      await api.publish('Waited for', chain(webhook('waited-for'), node('end', 'no-op')));
      const { run } = (await api.hook('waited-for')).body;
      expect(await api.ended(run)).toMatchObject({ state: 'succeeded' });
    },
    patience,
  );
});

function said(output: string, what: string, port: number): boolean {
  return output
    .split('\n')
    .some(
      (line) =>
        line.includes(`"address":"127.0.0.1:${port}"`) &&
        line.includes(`Waiting for ${what}: it refuses connections`),
    );
}

/** Below the range that systems give to outgoing connections: nobody takes it before we open it. */
function steadyPort(): Promise<number> {
  return freePort(15_000 + Math.floor(Math.random() * 15_000));
}

/** Opens a port that leads to another one. */
function forward(from: number, to: number): Promise<Server> {
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1');
    near.pipe(far).pipe(near);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const)
      socket.on('error', () => other.destroy());
  });
  return new Promise((resolve) => server.listen(from, '127.0.0.1', () => resolve(server)));
}
