/** Entry of a worker process. Needs DATABASE_URL and TEMPORAL_ADDRESS: workers share both with the API. */
import { Client } from '@temporalio/client';
import { pino } from 'pino';
import { openBackingServices } from '../backing/open-backing-services.ts';
import { createStartup, hostOf } from '../backing/startup.ts';
import { readConfig } from '../contracts/config.ts';
import { connectTemporal } from './connection.ts';
import { startWorkerSide } from './start.ts';

const config = readConfig(process.env);
const { DATABASE_URL: url, TEMPORAL_ADDRESS: address } = config;
if (!url || !address) {
  console.error(
    'A worker process needs DATABASE_URL and TEMPORAL_ADDRESS. For everything in one process: npm start.',
  );
  process.exit(1);
}

const log = pino({ level: config.LOG_LEVEL });
let stop = async (): Promise<void> => {}; // until it serves there is nothing to put in order
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void stop().then(() => process.exit(0)));

const startup = createStartup({ log, addresses: { database: hostOf(url), temporal: address } });
const [services, connection] = await Promise.all([
  startup.reach('database', () => openBackingServices({ config, isShared: true, log })),
  startup.reach('temporal', () => connectTemporal(config, address, log)),
]);
const { db, bus, writer, dataConverter } = services;
const client = new Client({ connection, namespace: config.TEMPORAL_NAMESPACE, dataConverter });
const workers = await startWorkerSide({
  config,
  connection,
  client,
  db,
  bus,
  writer,
  store: services.objects.store,
  dataConverter,
  log,
});
log.info({ queues: config.HIVIEX_QUEUES }, 'worker is serving');

stop = async () => {
  await workers.stop();
  await services.close();
  await connection.close();
};
await workers.done.catch(async (error: unknown) => {
  log.fatal({ err: error }, 'a worker broke');
  await stop().catch(() => undefined);
  process.exit(1);
});
