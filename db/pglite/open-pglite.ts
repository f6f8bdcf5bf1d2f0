/** The embedded database: Postgres as WebAssembly in this process, its files under the data folder. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { MikroORM } from '@mikro-orm/pglite';
import { createPostgreSqlTypeParsers } from '@mikro-orm/sql';
import type { Log } from '../log.ts';
import type { OpenedDriver } from '../opened-driver.ts';
import { ormOptions } from '../orm.ts';
import { type DatabaseRole, systemRole, tenantRole } from '../rls/roles.ts';
import type { Sql } from '../sql.ts';
import { type DataLock, lockData } from './data-lock.ts';
import { ExclusivePgliteDialect } from './pglite-dialect.ts';
import { createPgliteSession, type PgliteSession, type PgliteTransaction } from './pglite-session.ts';

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
  const session = createPgliteSession(pglite);
  const openOrm = (role: DatabaseRole | undefined) =>
    MikroORM.init({
      ...ormOptions,
      logger: (message) => log.debug({}, message),
      dbName: 'postgres',
      driverOptions: new ExclusivePgliteDialect(pglite, session, role),
    });
  const orm = await openOrm(tenantRole);
  log.info({ dataDir }, 'Embedded database open');
  return {
    kind: 'pglite',
    orm,
    systemSql: createSystemSql(session),
    workspaceSql: (workspace) => createWorkspaceSql(session, workspace),
    // The folder's lock keeps every other process out.
    async asOwner(work) {
      const owner = await openOrm(undefined);
      try {
        return await work(owner);
      } finally {
        await owner.close();
      }
    },
    async close() {
      await orm.close();
      if (!pglite.closed) await pglite.close();
      lock?.release();
    },
  };
}

/** Single statements outside transactions: the hot paths (finding a webhook, writing records) can't pay for more. */
function createSystemSql(session: PgliteSession): Sql {
  return {
    async query<Row extends object>(text: string, parameters: readonly unknown[] = []) {
      return (await session.query<Row>(systemRole, text, parameters)).rows;
    },
    transaction: (work) => session.transaction(systemRole, (transaction) => work(insideOf(transaction))),
  };
}

function createWorkspaceSql(session: PgliteSession, workspace: string): Sql {
  const transaction: Sql['transaction'] = (work) =>
    session.workspaceTransaction(workspace, (opened) => work(insideOf(opened)));
  return {
    query: (text, parameters) => transaction((sql) => sql.query(text, parameters)),
    transaction,
  };
}

function insideOf(transaction: PgliteTransaction): Sql {
  const inside: Sql = {
    async query<Row extends object>(text: string, parameters: readonly unknown[] = []) {
      return (await transaction.query<Row>(text, parameters)).rows;
    },
    transaction: (work) => work(inside),
  };
  return inside;
}
