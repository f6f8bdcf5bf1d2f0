/** Entry of an API process. Needs DATABASE_URL and TEMPORAL_ADDRESS: it shares both with the workers, which run elsewhere. */
import { createServer, type RequestListener } from 'node:http';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { pino } from 'pino';
import { openBackingServices } from '../backing/open-backing-services.ts';
import { createStartup, hostOf } from '../backing/startup.ts';
import { readConfig } from '../contracts/config.ts';
import { createModelGateway } from '../models/index.ts';
import { createGuard } from '../outbound/guard/index.ts';
import { createMailer } from '../outbound/mail/index.ts';
import { healSchedules } from '../runs/schedules/heal-schedules.ts';
import { ensureBootstrap } from './auth/bootstrap.ts';
import { createApi } from './create-api.ts';
import { publicUrl } from './public-url.ts';
import { reachTemporal } from './reach-temporal.ts';
import { startingHandler } from './starting-handler.ts';

const defaultPort = 3000;
/** Milliseconds that requests under way have to end once the process is told to stop. */
const graceMs = 10_000;

const config = readConfig(process.env);
const { DATABASE_URL: url, TEMPORAL_ADDRESS: address } = config;
if (!url || !address) {
  console.error(
    'An API process needs DATABASE_URL and TEMPORAL_ADDRESS. For everything in one process: npm start.',
  );
  process.exit(1);
}

const log = pino({ level: config.LOG_LEVEL });
const startup = createStartup({ log, addresses: { database: hostOf(url), temporal: address } });
let answer: RequestListener = startingHandler(startup);
const server = createServer((request, response) => answer(request, response));
await new Promise<void>((resolve, reject) => {
  server.once('error', reject);
  server.listen(config.PORT ?? defaultPort, config.HOST, resolve);
});
let stop = async (): Promise<void> => {}; // until it serves there is nothing to put in order
let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    stop().then(
      () => process.exit(0),
      (err: unknown) => {
        log.fatal({ err }, 'stopping failed');
        process.exit(1);
      },
    );
  });

const reach = {
  address,
  tls: config.TEMPORAL_TLS || config.TEMPORAL_API_KEY !== undefined,
  ...(config.TEMPORAL_API_KEY && { apiKey: config.TEMPORAL_API_KEY }),
};
const [services] = await Promise.all([
  startup.reach('database', () => openBackingServices({ config, isShared: true, log })),
  startup.reach('temporal', () => reachTemporal(reach, config.TEMPORAL_NAMESPACE)),
]);
const connection = await Connection.connect(reach);
const { db, bus, writer, objects, codec, dataConverter } = services;
const temporal = new Client({ connection, namespace: config.TEMPORAL_NAMESPACE, dataConverter });

const mailer = createMailer(config);
const guard = createGuard({ allow: config.HIVIEX_ALLOW_PRIVATE_HOSTS });

const { setupUrl } = await ensureBootstrap({ db, config, log });
await healSchedules({ db, temporal, log }).catch((err: unknown) =>
  log.warn({ err }, 'Schedules could not be compared at the start; a worker does so later'),
);
const api = createApi({
  db,
  writer,
  bus,
  temporal,
  config,
  mailer,
  guard,
  models: createModelGateway({ db, guard, log }),
  objects,
  codec,
  log,
  // The workers are in other processes: there is nobody here to hand a first task to.
  eagerStart: false,
  temporalUiUrl: config.TEMPORAL_UI_URL,
  publicUrl: publicUrl(config),
  webDir: join(import.meta.dirname, '../web/dist'),
});
api.attach(server);
answer = api.handler;
log.info({ url: publicUrl(config), address: server.address() }, 'API is serving');
if (setupUrl) console.log(`Set it up once here: ${setupUrl}`);

stop = async () => {
  const closed = new Promise((resolve) => server.close(resolve));
  await api.close();
  // A caller's kept-alive connection is idle once it has its answer, and would hold us for as long as it likes.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const impatience = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(impatience);
  await mailer.close();
  await guard.close();
  await services.close();
  await connection.close();
};
