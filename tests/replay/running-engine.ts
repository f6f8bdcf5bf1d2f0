/**
 * The whole worker side on a Temporal server of its own, for tests and for recording histories: what `npm start` runs, without the
 * API. Server and database live in memory, unless told otherwise.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '@temporalio/client';
import type { PayloadCodec } from '@temporalio/common';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { type Logger, pino } from 'pino';
import type { Bus } from '../../contracts/bus.ts';
import { type Config, readConfig } from '../../contracts/config.ts';
import type { WorkspaceFlow } from '../../contracts/flow.ts';
import type { Graph } from '../../contracts/graph.ts';
import type { RunEvent } from '../../contracts/run.ts';
import {
  createLocalBus,
  createRunWriter,
  type Database,
  openDatabase,
  type RunWriter,
} from '../../db/index.ts';
import { createWorkspace } from '../../db/testing/fixtures.ts';
import { createGuard } from '../../outbound/guard/index.ts';
import { createMailer, type Mailer } from '../../outbound/mail/index.ts';
import { openDataConverter } from '../../payloads/index.ts';
import type { RunStart } from '../../runs/start-run.ts';
import { dynamicConfigFlags } from '../../scripts/stack/dynamic-config.ts';
import { searchAttributes } from '../../scripts/stack/search-attributes.ts';
import { startTemporal } from '../../scripts/stack/temporal-server.ts';
import { type ObjectStore, openObjectStore } from '../../storage/index.ts';
import { connectTemporal } from '../../worker/connection.ts';
import { createWorkers } from '../../worker/create-workers.ts';
import { listenToEnds } from '../../worker/listen-to-ends.ts';
import { installRuntime } from '../../worker/runtime.ts';
import { limitWorkspace, runStarter, type StartedHere } from '../support/test-runs.ts';

/** Shared with `npm start` and by all tests, so that the workflow code is bundled once. */
export const bundleCache = join(import.meta.dirname, '../../.hiviex/cache');

export interface RunningEngine {
  client: Client;
  /** Opens what Temporal stores. */
  codec: PayloadCodec;
  /** Where files and large values are kept: a folder that goes with the engine. */
  store: ObjectStore;
  /** Where that folder is, for an API beside it. */
  folder: string;
  db: Database;
  /** What the worker side tells. */
  bus: Bus;
  writer: RunWriter;
  /** Keeps what the worker side sends. */
  mailer: Mailer;
  workspace: string;
  /** Starts a run as the API does. */
  start(graph: Graph, more?: Partial<RunStart>): Promise<StartedHere>;
  /** Makes an automation of the workspace and publishes it. Gives its id. */
  publish(name: string, graph: Graph): Promise<string>;
  /** Sets the limit of the workspace; undefined takes it away. */
  limit(concurrency: WorkspaceFlow['concurrency']): Promise<void>;
  /** What a run reported so far, each event once. */
  events(run: string): RunEvent[];
  /** Lets go of what a run reported, where memory is measured. */
  forget(run: string): void;
  /** Resolves when an automation has a run that is recorded. */
  recorded(automation: string): Promise<void>;
  /** Resolves at the first event of the run for which `test` holds, at once when it came already. */
  seen(run: string, test: (event: RunEvent) => boolean): Promise<RunEvent>;
  close(): Promise<void>;
}

export interface RunningEngineOptions {
  /** Path of the `temporal` program. */
  binary: string;
  /** Events of history after which the server suggests to continue as new; left out: its own 4,096. */
  continueAsNewAfter?: number | undefined;
  /** In a folder the database takes none of this process's buffers, which a test that measures them needs; left out: in memory. */
  database?: 'memory' | 'folder' | undefined;
  /** What the workers say. Left out: nobody hears it. */
  log?: Logger | undefined;
}

export async function startEngine(options: RunningEngineOptions): Promise<RunningEngine> {
  const closing: (() => Promise<unknown>)[] = [];
  const log = options.log ?? pino({ level: 'silent' });
  const config = readConfig({});
  installRuntime(log); // before anything else of the SDK makes one
  const temporal = await server(options);
  closing.push(temporal.stop);
  const files = await mkdtemp(join(tmpdir(), 'hiviex-engine-'));
  closing.push(() => rm(files, { recursive: true, force: true }));
  const dataDir = options.database === 'folder' ? join(files, 'database') : 'memory://';
  const db = await openDatabase({ dataDir });
  closing.push(() => db.close());
  await db.migrate();
  const workspace = await createWorkspace(db);
  const bus = createLocalBus();
  const writer = createRunWriter({ db, bus });
  closing.push(() => writer.close());
  const connection = await connectTemporal(config, temporal.address, log);
  closing.push(() => connection.close());
  const ownConfig = { ...config, HIVIEX_DATA_DIR: files };
  const { store } = openObjectStore(ownConfig);
  const { codec, dataConverter } = openDataConverter({ config: ownConfig, store, mayMakeKey: true, log });
  const client = new Client({ connection, dataConverter });
  const guard = createGuard({ allow: '127.0.0.1' }); // the stub service of the tests
  closing.push(() => guard.close());
  const mailer = createMailer({ ...ownConfig, SMTP_URL: undefined });
  closing.push(() => mailer.close());
  const workers = await createWorkers({
    ...{
      connection,
      client,
      db,
      bus,
      mailer,
      publicUrl: 'https://hiviex.test',
      writer,
      log,
      guard,
      namespace: config.TEMPORAL_NAMESPACE,
      cacheDir: bundleCache,
    },
    dataConverter,
    files: { store, maxBytes: config.HIVIEX_MAX_FILE_BYTES },
    serve: queuesOf(config),
  });
  closing.push(() => workers.stop());
  const announcer = listenToEnds({
    ...{ bus, log, publicUrl: 'https://hiviex.example' },
    runs: { db, writer, temporal: client, eagerStart: false },
    pace: { everyMs: 500, afterMs: 50 },
  });
  announcer.start();
  closing.push(() => announcer.stop());

  const told = new Map<string, RunEvent[]>();
  const watchers = new Set<(run: string, event: RunEvent) => void>();
  bus.subscribe((message) => {
    if (message.kind !== 'run.events') return;
    told.set(message.run, [...(told.get(message.run) ?? []), ...message.events]);
    for (const event of message.events) for (const watch of [...watchers]) watch(message.run, event);
  });
  const events = (run: string) => told.get(run) ?? [];
  const deps = { db, temporal: client, writer, eagerStart: true };

  return {
    client,
    codec,
    store,
    folder: files,
    db,
    bus,
    writer,
    mailer,
    workspace,
    events,
    forget: (run) => void told.delete(run),
    start: runStarter(deps, workspace),
    publish: (name, graph) =>
      db.inWorkspace(workspace, async ({ automations }) => {
        const { id } = await automations.create({ name, description: '', draft: graph });
        await automations.publish(id, { graph, webhooks: [] });
        return id;
      }),
    limit: (concurrency) => limitWorkspace(deps, workspace, concurrency),
    async recorded(automation) {
      const page = () => db.inWorkspace(workspace, ({ runs }) => runs.list({ automation }, { limit: 1 }));
      while ((await page()).items.length === 0) await sleep(50);
    },
    seen: (run, test) =>
      new Promise((resolve) => {
        const known = events(run).find(test);
        if (known) return resolve(known);
        const watch = (of: string, event: RunEvent) => {
          if (of !== run || !test(event)) return;
          watchers.delete(watch);
          resolve(event);
        };
        watchers.add(watch);
      }),
    async close() {
      for (const close of closing.reverse()) await close();
    },
  };
}

function queuesOf(config: Config): string[] {
  return config.HIVIEX_QUEUES.split(',');
}

/** Our own server; the SDK's way of starting the same program where a test needs another limit than ours. */
async function server({ binary, continueAsNewAfter }: RunningEngineOptions) {
  if (continueAsNewAfter === undefined) {
    const { address, stop } = await startTemporal({ binary, say: () => undefined });
    return { address, stop };
  }
  const environment = await TestWorkflowEnvironment.createLocal({
    server: {
      executable: { type: 'existing-path', path: binary },
      extraArgs: [
        ...searchAttributes.flatMap((name) => ['--search-attribute', `${name}=Keyword`]),
        ...dynamicConfigFlags(),
        ...['--dynamic-config-value', `limit.historyCount.suggestContinueAsNew=${continueAsNewAfter}`],
      ],
    },
  });
  return { address: environment.address, stop: () => environment.teardown() };
}
