/** A whole API for a test: Express on a free port, PGlite in memory, and Temporal when the test wants one. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import type { PayloadCodec } from '@temporalio/common';
import { pino } from 'pino';
import type { Bus } from '../../contracts/bus.ts';
import { type Config, readConfig } from '../../contracts/config.ts';
import {
  createLocalBus,
  createRunWriter,
  type Database,
  openDatabase,
  type RunWriter,
} from '../../db/index.ts';
import { createModelGateway } from '../../models/index.ts';
import { createGuard } from '../../outbound/guard/index.ts';
import { createMailer, type Mailer } from '../../outbound/mail/index.ts';
import { openDataConverter } from '../../payloads/index.ts';
import { type OpenedStore, openObjectStore } from '../../storage/index.ts';
import { ensureBootstrap } from '../auth/bootstrap.ts';
import { createApi } from '../create-api.ts';

export const apiKey = 'hvx_test_0123456789012345678901234567890';
export const owner = { email: 'owner@example.com', password: 'correct horse battery' };

export interface TestApi {
  url: string;
  db: Database;
  bus: Bus;
  writer: RunWriter;
  config: Config;
  /** Keeps what it sends, unless `env` names an SMTP server. */
  mailer: Mailer;
  /** A folder, gone with the API. */
  objects: OpenedStore;
  codec: PayloadCodec;
  /** What `ensureBootstrap` said. */
  setupUrl: string | undefined;
  /** Everything that was logged. */
  logged: string[];
  server: Server;
  /** A request with the API key, unless `headers` say otherwise. */
  call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
    // biome-ignore lint/suspicious/noExplicitAny: a test looks into an answer field by field, and says so by what it expects
  ): Promise<{ status: number; headers: Headers; body: any }>;
  close(): Promise<void>;
}

export interface TestApiOptions {
  /** Left out: a client whose Temporal can't be reached. */
  temporal?: Client;
  env?: Record<string, string>;
  webDir?: string;
  temporalUiUrl?: string;
  /** Another API's, migrated, and left open: opening one takes seconds. */
  db?: Database;
  /** What the workers tell, where some work beside it; left out: one of its own. */
  bus?: Bus;
}

export async function startTestApi(options: TestApiOptions = {}): Promise<TestApi> {
  const env = options.env ?? {
    HIVIEX_API_KEY: apiKey,
    HIVIEX_OWNER_EMAIL: owner.email,
    HIVIEX_OWNER_PASSWORD: owner.password,
  };
  const dataDir = await mkdtemp(join(tmpdir(), 'hiviex-api-'));
  const config = readConfig({ HIVIEX_MAX_BODY_BYTES: '100000', HIVIEX_DATA_DIR: dataDir, ...env });
  const logged: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) });
  const db = options.db ?? (await openDatabase({ dataDir: 'memory://' }));
  if (!options.db) await db.migrate();
  const { setupUrl } = await ensureBootstrap({ db, config, log });
  const bus = options.bus ?? createLocalBus();
  const writer = createRunWriter({ db, bus, flushMs: 5 });
  const temporal =
    options.temporal ?? new Client({ connection: Connection.lazy({ address: '127.0.0.1:1' }) });
  const { webDir, temporalUiUrl } = options;
  const mailer = createMailer(config);
  const guard = createGuard({ allow: config.HIVIEX_ALLOW_PRIVATE_HOSTS });
  const objects = openObjectStore(config);
  const { codec } = openDataConverter({ config, store: objects.store, mayMakeKey: true, log });
  const models = createModelGateway({ db, guard, log, maxWaitMs: 0, sandboxPaceMs: 0 });
  const shared = { db, writer, bus, temporal, config, mailer, guard, models, objects, codec, log };
  const api = createApi({ ...shared, eagerStart: false, webDir, temporalUiUrl });
  const server = createServer(api.handler);
  api.attach(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url,
    db,
    bus,
    writer,
    config,
    mailer,
    objects,
    codec,
    setupUrl,
    logged,
    server,
    async call(method, path, body, headers = { authorization: `Bearer ${apiKey}` }) {
      const response = await fetch(url + path, {
        method,
        headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json');
      return {
        status: response.status,
        headers: response.headers,
        body: isJson && text ? JSON.parse(text) : text,
      };
    },
    async close() {
      await api.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await mailer.close();
      await guard.close();
      await writer.close();
      if (!options.bus) await bus.close();
      if (!options.temporal) await temporal.connection.close();
      if (!options.db) await db.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
