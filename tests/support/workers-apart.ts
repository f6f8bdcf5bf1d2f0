/**
 * Workers as processes of their own, which a test may kill with -9, beside a Temporal server and a Postgres that live on. The test
 * itself starts runs, as the API does, and reads their records.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { WorkspaceFlow } from '../../contracts/flow.ts';
import type { Graph } from '../../contracts/graph.ts';
import type { RunState } from '../../contracts/states.ts';
import {
  createLocalBus,
  createRunWriter,
  type Database,
  openDatabase,
  type RunWriter,
} from '../../db/index.ts';
import { createWorkspace } from '../../db/testing/fixtures.ts';
import { createPostgresDatabase } from '../../db/testing/postgres-database.ts';
import type { RunDeps } from '../../runs/run-deps.ts';
import type { RunStart } from '../../runs/start-run.ts';
import { startTemporal } from '../../scripts/stack/temporal-server.ts';
import { temporalBinary } from '../../scripts/stack/test-tools.ts';
import { bundleCache } from '../replay/running-engine.ts';
import { Member } from '../storm/member.ts';
import { workerProcess } from './server-process.ts';
import { temporalClient } from './temporal-client.ts';
import { limitWorkspace, runStarter, type StartedHere } from './test-runs.ts';

export interface WorkersApart {
  /** host:port of Temporal. */
  address: string;
  client: Client;
  db: Database;
  writer: RunWriter;
  deps: RunDeps;
  workspace: string;
  /** Starts one more worker. */
  worker(): Promise<Member>;
  /** A run of the workspace, or of the one that `more` names. */
  start(graph: Graph, more?: Partial<RunStart>): Promise<StartedHere>;
  /** Makes an automation of the workspace and publishes it. Gives its id and version. */
  publish(name: string, graph: Graph): Promise<{ id: string; version: { id: string; number: number } }>;
  /** Sets the limit of the workspace; undefined takes it away. */
  limit(concurrency: WorkspaceFlow['concurrency']): Promise<void>;
  /** What the records say. */
  stateOf(run: string): Promise<RunState | undefined>;
  /** Resolves when the records say so of the run. Jest's limit is the only one. */
  reached(run: string, ...states: RunState[]): Promise<RunState>;
  close(): Promise<void>;
}

export async function startWorkersApart(): Promise<WorkersApart> {
  const home = mkdtempSync(join(tmpdir(), 'hiviex-apart-'));
  mkdirSync(bundleCache, { recursive: true });
  symlinkSync(bundleCache, join(home, 'cache'));
  const postgres = await createPostgresDatabase();
  const temporal = await startTemporal({ binary: temporalBinary(), say: () => {} });
  const environment: Record<string, string> = {
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME ?? '',
    HIVIEX_DATA_DIR: home,
    DATABASE_URL: postgres.url,
    DATABASE_POOL: '4',
    TEMPORAL_ADDRESS: temporal.address,
    HIVIEX_MASTER_KEY: randomBytes(32).toString('base64'),
    HIVIEX_PAYLOAD_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    HIVIEX_ALLOW_PRIVATE_HOSTS: '127.0.0.1',
    LOG_LEVEL: 'info',
  };
  const masterKey = environment.HIVIEX_MASTER_KEY;
  const db = await openDatabase({ url: postgres.url, dataDir: home, pool: 4, masterKey });
  await db.migrate();
  const writer = createRunWriter({ db, bus: createLocalBus() });
  const client = await temporalClient(temporal.address, environment);
  const workspace = await createWorkspace(db);
  const deps: RunDeps = { db, writer, temporal: client, eagerStart: false };
  const workers: Member[] = [];

  async function stateOf(run: string): Promise<RunState | undefined> {
    const [row] = await db.sql.query<{ state: RunState }>('select state from runs where id = $1', [run]);
    return row?.state;
  }

  return {
    ...{ address: temporal.address, client, db, writer, deps, workspace, stateOf },
    async worker() {
      const member = new Member(`worker ${workers.length + 1}`, () => workerProcess(environment));
      workers.push(member);
      await member.start();
      return member;
    },
    start: runStarter(deps, workspace),
    publish: (name, graph) =>
      db.inWorkspace(workspace, async ({ automations }) => {
        const { id } = await automations.create({ name, description: '', draft: graph });
        const result = await automations.publish(id, { graph, webhooks: [] });
        if (result.kind !== 'published') throw new Error(result.kind);
        return { id, version: { id: result.version.id, number: result.version.number } };
      }),
    limit: (concurrency) => limitWorkspace(deps, workspace, concurrency),
    async reached(run, ...states) {
      for (;;) {
        const state = await stateOf(run);
        if (state && states.includes(state)) return state;
        await sleep(50);
      }
    },
    async close() {
      for (const worker of workers) await worker.kill();
      await writer.close();
      await client.connection.close();
      await db.close();
      await postgres.drop();
      await temporal.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
