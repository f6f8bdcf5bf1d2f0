/** Entry of a worker process. Needs DATABASE_URL and TEMPORAL_ADDRESS: workers share both with the API. */
import { Client } from '@temporalio/client';
import { pino } from 'pino';
import { readConfig } from '../contracts/config.ts';
import { createPostgresBus, createRunWriter, openDatabase } from '../db/index.ts';
import { openDataConverter } from '../payloads/index.ts';
import { openObjectStore } from '../storage/index.ts';
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
const db = await openDatabase({
  url,
  dataDir: config.HIVIEX_DATA_DIR,
  pool: config.DATABASE_POOL,
  masterKey: config.HIVIEX_MASTER_KEY,
  previousMasterKey: config.HIVIEX_MASTER_KEY_PREVIOUS,
  log,
});
await db.migrate();
const bus = await createPostgresBus(url);
const writer = createRunWriter({ db, bus, log });
const { kind, store } = openObjectStore(config);
if (kind === 'folder')
  log.warn(
    'S3_BUCKET is not set: files are in a folder here, where the API and other workers only find them if they share it',
  );
const { dataConverter } = openDataConverter({ config, store, mayMakeKey: false, log });
const connection = await connectTemporal(config, address, log);
const client = new Client({ connection, namespace: config.TEMPORAL_NAMESPACE, dataConverter });
const workers = await startWorkerSide({
  config,
  connection,
  client,
  db,
  bus,
  writer,
  store,
  dataConverter,
  log,
});
log.info({ queues: config.HIVIEX_QUEUES }, 'worker is serving');

async function stop(): Promise<void> {
  await workers.stop();
  await store.close();
  await writer.close();
  await bus.close();
  await db.close();
  await connection.close();
}

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void stop().then(() => process.exit(0)));
await workers.done.catch(async (error: unknown) => {
  log.fatal({ err: error }, 'a worker broke');
  await stop().catch(() => undefined);
  process.exit(1);
});
