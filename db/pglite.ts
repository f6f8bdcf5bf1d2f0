/** The embedded database: Postgres as WebAssembly in this process, its files under the data folder. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { PGlite, type Transaction } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { MikroORM } from '@mikro-orm/pglite';
import { createPostgreSqlTypeParsers } from '@mikro-orm/sql';
import { type DataLock, lockData } from './data-lock.ts';
import type { Log } from './log.ts';
import type { OpenedDriver } from './opened-driver.ts';
import { ormOptions } from './orm.ts';
import { ExclusivePgliteDialect } from './pglite-dialect.ts';
import type { Sql } from './sql.ts';

/** @throws Error when another living process owns the folder. */
export async function openPglite({ dataDir, log }: { dataDir: string; log: Log }): Promise<OpenedDriver> {
  const inMemory = dataDir.startsWith('memory:');
  const folder = inMemory ? '' : resolve(dataDir);
  if (!inMemory) mkdirSync(folder, { recursive: true });
  const lock = inMemory ? undefined : lockData(folder);
  try {
    if (!inMemory && !existsSync(join(folder, 'postgres', 'PG_VERSION')))
      await createInChild(join(folder, 'postgres'));
    return await open(inMemory ? 'memory://' : join(folder, 'postgres'), lock, log);
  } catch (error) {
    lock?.release();
    throw error;
  }
}

/** Making the database takes 400 MB that a process keeps for good: a child does it and gives them back. */
async function createInChild(dataDir: string): Promise<void> {
  const script = join(import.meta.dirname, 'create-pglite.ts');
  await promisify(execFile)(process.execPath, [script, dataDir], {
    env: { ...process.env, NODE_OPTIONS: '' },
  });
}

async function open(dataDir: string, lock: DataLock | undefined, log: Log): Promise<OpenedDriver> {
  const pglite = await PGlite.create({
    dataDir,
    extensions: { vector },
    // Instead of PGlite's 128 MB, which saved memory at opening (407 to 262 MB once measured). The peak under load did not follow
    // clearly: it is made of buffers that wait for the garbage collector.
    startParams: [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB'],
    // Times as text, as both drivers of the ORM have it: a Date would lose what its reader wants to know.
    parsers: createPostgreSqlTypeParsers((text) => text.slice(1, -1).split(',')),
  });
  const orm = await MikroORM.init({
    ...ormOptions,
    logger: (message) => log.debug({}, message),
    dbName: 'postgres',
    driverOptions: new ExclusivePgliteDialect(pglite),
  });
  log.info({ dataDir }, 'Embedded database open');
  return {
    kind: 'pglite',
    orm,
    sql: createPgliteSql(pglite),
    // The folder's lock keeps every other process out.
    exclusively: (work) => work(),
    async close() {
      await orm.close();
      if (!pglite.closed) await pglite.close();
      lock?.release();
    },
  };
}

/** PGlite queues statements and whole transactions by itself, so nobody lands in somebody else's. */
export function createPgliteSql(pglite: PGlite): Sql {
  return {
    async query<Row extends object>(text: string, parameters: readonly unknown[] = []) {
      return (await pglite.query<Row>(text, [...parameters])).rows;
    },
    transaction: (work) => pglite.transaction((transaction) => work(insideOf(transaction))),
  };
}

function insideOf(transaction: Transaction): Sql {
  const inside: Sql = {
    async query<Row extends object>(text: string, parameters: readonly unknown[] = []) {
      return (await transaction.query<Row>(text, [...parameters])).rows;
    },
    transaction: (work) => work(inside),
  };
  return inside;
}
