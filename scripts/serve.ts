/**
 * Hiviex in one process: API and workers over one connection to Temporal, with the embedded database and a Temporal server as a
 * child unless the environment names others. `npm start` ends up here.
 */
import { createServer, type RequestListener } from 'node:http';
import { join } from 'node:path';
import { Client } from '@temporalio/client';
import { pino } from 'pino';
import { ensureBootstrap } from '../api/auth/bootstrap.ts';
import { createApi } from '../api/create-api.ts';
import { publicUrl } from '../api/public-url.ts';
import { startingHandler } from '../api/starting-handler.ts';
import { openBackingServices } from '../backing/open-backing-services.ts';
import { createStartup, hostOf } from '../backing/startup.ts';
import { type Config, readConfig } from '../contracts/config.ts';
import { createModelGateway } from '../models/index.ts';
import { createGuard } from '../outbound/guard/index.ts';
import { createMailer } from '../outbound/mail/index.ts';
import { healSchedules } from '../runs/schedules/heal-schedules.ts';
import { connectTemporal } from '../worker/connection.ts';
import { startWorkerSide } from '../worker/start.ts';
import { claimDataFolder } from './stack/claim-data-folder.ts';
import { freePort } from './stack/free-port.ts';
import { say } from './stack/say.ts';
import { findTemporalBinary } from './stack/temporal-binary.ts';
import { startTemporal } from './stack/temporal-server.ts';

const closing: (() => Promise<unknown>)[] = [];

let stopping = false;

/** Stops the parts in the reverse order of their start, then the process. */
async function stop(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  for (const close of closing.reverse())
    await close().catch((error: unknown) => say(`while stopping: ${error}`));
  process.exit(code);
}

async function temporalFor(config: Config): Promise<{ address: string; uiUrl: string | undefined }> {
  if (config.TEMPORAL_ADDRESS) return { address: config.TEMPORAL_ADDRESS, uiUrl: config.TEMPORAL_UI_URL };
  const binary = await findTemporalBinary({ say });
  const server = await startTemporal({
    binary,
    dataDir: config.HIVIEX_DATA_DIR,
    namespace: config.TEMPORAL_NAMESPACE,
    codecEndpoint: `${publicUrl(config)}/api/v1/codec`,
    say,
  });
  closing.push(() => server.stop());
  server.ended.then(() => {
    if (stopping) return;
    say('Temporal has ended; Hiviex can not go on without it. Start again: no run is lost.');
    void stop(1);
  });
  return { address: server.address, uiUrl: config.TEMPORAL_UI_URL ?? sameSite(server.uiUrl) };
}

/** Under the name that Hiviex itself goes by: a browser then counts both as one site, and may send our cookie along. */
function sameSite(uiUrl: string): string {
  return uiUrl.replace('//127.0.0.1', '//localhost');
}

async function serve(): Promise<void> {
  const given = readConfig(process.env);
  const port = given.PORT ?? (await freePort(3000));
  const config: Config = { ...given, PORT: port };
  const claim = await claimDataFolder(config.HIVIEX_DATA_DIR, { say });
  closing.push(async () => claim.release());
  const log = pino({ level: config.LOG_LEVEL }, pino.destination({ dest: 2, sync: true }));

  const startup = createStartup({
    log,
    addresses: { database: hostOf(config.DATABASE_URL), temporal: config.TEMPORAL_ADDRESS },
    say,
  });
  let answer: RequestListener = startingHandler(startup);
  const server = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, config.HOST, resolve);
  });

  // Only when both are shared can another process take part in our runs.
  const isShared = config.DATABASE_URL !== undefined && config.TEMPORAL_ADDRESS !== undefined;
  const [temporal, services] = await Promise.all([
    temporalFor(config),
    startup
      .reach('database', () => openBackingServices({ config, isShared, log }))
      .then((opened) => {
        closing.push(() => opened.close());
        return opened;
      }),
  ]);
  const { db, bus, writer, objects, codec, dataConverter } = services;
  const connection = await startup.reach('temporal', () => connectTemporal(config, temporal.address, log));
  closing.push(() => connection.close());
  const client = new Client({ connection, namespace: config.TEMPORAL_NAMESPACE, dataConverter });

  const workers = await startWorkerSide({
    config,
    connection,
    client,
    db,
    bus,
    writer,
    store: objects.store,
    dataConverter,
    log,
  });
  closing.push(() => workers.stop());
  workers.done.catch((error: unknown) => {
    log.fatal({ err: error }, 'a worker broke');
    void stop(1);
  });

  const mailer = createMailer(config);
  closing.push(() => mailer.close());
  const guard = createGuard({ allow: config.HIVIEX_ALLOW_PRIVATE_HOSTS });
  closing.push(() => guard.close());

  const { setupUrl } = await ensureBootstrap({ db, config, log });
  await healSchedules({ db, temporal: client, log }).catch((err: unknown) =>
    log.warn({ err }, 'Schedules could not be compared at the start; the worker does so later'),
  );
  const api = createApi({
    db,
    writer,
    bus,
    temporal: client,
    config,
    mailer,
    guard,
    models: createModelGateway({ db, guard, log }),
    objects,
    codec,
    log,
    eagerStart: true,
    temporalUiUrl: temporal.uiUrl,
    publicUrl: publicUrl(config),
    webDir: join(import.meta.dirname, '../web/dist'),
  });
  api.attach(server);
  answer = api.handler;
  closing.push(async () => {
    await api.close();
    server.closeAllConnections();
    server.close();
  });

  say(`Hiviex is ready:      ${config.PUBLIC_URL ?? `http://localhost:${port}`}`);
  if (temporal.uiUrl) say(`Runs in Temporal UI:  ${temporal.uiUrl}`);
  if (setupUrl) say(`Set it up once here:  ${setupUrl}`);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    if (!stopping) say('Stopping …');
    void stop(0);
  });

await serve().catch(async (error: unknown) => {
  say(error instanceof Error ? error.message : String(error));
  await stop(1);
});
