/**
 * What every process of ours stands on, whatever it serves: database, bus, writer of run records, object store, and how payloads are
 * sealed. Opened in one order and closed in the reverse one. Temporal is not among them: embedded and scaled reach it in other ways.
 */
import type { Bus } from '../contracts/bus.ts';
import type { Config } from '../contracts/config.ts';
import {
  createLocalBus,
  createPostgresBus,
  createRunWriter,
  type Database,
  type Log,
  openDatabase,
  type RunWriter,
} from '../db/index.ts';
import { type OpenedConverter, openDataConverter } from '../payloads/index.ts';
import { type OpenedStore, openObjectStore } from '../storage/index.ts';

export interface BackingServices extends OpenedConverter {
  db: Database;
  bus: Bus;
  writer: RunWriter;
  objects: OpenedStore;
  /** Writes what is still in the writer's hands first. */
  close(): Promise<void>;
}

export interface BackingOptions {
  config: Config;
  /** Another process takes part in our runs: it hears of them by the database, and brings the key to payloads with it. */
  isShared: boolean;
  log: Log;
}

/** Migrates the database. Throws what can not be opened, with what is open by then closed again. */
export async function openBackingServices(options: BackingOptions): Promise<BackingServices> {
  const { config, isShared, log } = options;
  const db = await openDatabase({
    url: config.DATABASE_URL,
    dataDir: config.HIVIEX_DATA_DIR,
    pool: config.DATABASE_POOL,
    masterKey: config.HIVIEX_MASTER_KEY,
    previousMasterKey: config.HIVIEX_MASTER_KEY_PREVIOUS,
    log,
  });
  const open: { close(): Promise<unknown> }[] = [db];
  const close = async () => {
    for (const one of open.toReversed()) await one.close();
  };
  try {
    await db.migrate();
    const bus =
      isShared && config.DATABASE_URL
        ? await createPostgresBus(config.DATABASE_URL, { log })
        : createLocalBus();
    open.push(bus);
    const writer = createRunWriter({ db, bus, log });
    open.push(writer);
    const objects = openObjectStore(config);
    open.push(objects.store);
    if (isShared && objects.kind === 'folder')
      log.warn(
        {},
        'S3_BUCKET is not set: files are in a folder here, where other processes only find them if they share it',
      );
    const converter = openDataConverter({ config, store: objects.store, mayMakeKey: !isShared, log });
    return { db, bus, writer, objects, ...converter, close };
  } catch (error) {
    await close();
    throw error;
  }
}
