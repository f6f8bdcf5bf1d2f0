/**
 * Opens the database: the embedded PGlite under `dataDir`, or Postgres at `url`. The same migrations, entities and repositories
 * serve both.
 *
 * `inWorkspace` is the only way to tenant data. Its repositories filter by workspace in every statement, and row-level security
 * holds where one of them forgot to (decision 011).
 */
import type { EntityManager, MikroORM } from '@mikro-orm/core';
import { type Log, silent } from './log.ts';
import type { OpenedDriver } from './opened-driver.ts';
import { openPglite } from './pglite/open-pglite.ts';
import { openPostgres } from './postgres.ts';
import {
  createRepositories,
  createSystemRepositories,
  type Repositories,
  type SystemRepositories,
} from './repositories/index.ts';
import { systemRole } from './rls/roles.ts';
import type { Sql } from './sql.ts';
import { createMasterKeys, createVault, type MasterKeys, type Vault } from './vault/index.ts';

export interface OpenDatabaseOptions {
  /** postgres://… Unset: PGlite in `<dataDir>/postgres`. */
  url?: string | undefined;
  /** Folder of the embedded data; `memory://` keeps nothing. Relative to the working directory. */
  dataDir: string;
  /** Most connections to Postgres, default 10: as many for tenants, and as many for the system. PGlite has exactly one. */
  pool?: number | undefined;
  log?: Log | undefined;
  /**
   * Seals secrets: 32 bytes, base64. Unset: with the embedded database a key is made and kept beside it; with Postgres secrets are
   * refused when first used, because every process has to have the same.
   */
  masterKey?: string | undefined;
  /** The master key before this one, while data keys move (`npm run vault:rotate`). */
  previousMasterKey?: string | undefined;
}

export interface Database {
  kind: OpenedDriver['kind'];
  /** Sees no row of any table, unless a fork takes a role on. */
  orm: MikroORM;
  /** Statements as the system, across all workspaces: for this room and the records only. */
  sql: Sql;
  /** Seals what nobody may read in the database. */
  vault: Vault;
  /** Brings the schema up to date; does nothing when it is. Safe when several processes start at once. */
  migrate(): Promise<void>;
  /**
   * The data of one workspace. Every repository call is atomic by itself and holds no connection between calls, so `work`
   * may await whatever it likes.
   */
  inWorkspace<T>(workspace: string, work: (repositories: Repositories) => Promise<T>): Promise<T>;
  /**
   * As `inWorkspace`, in one transaction: all of `work` or nothing, and less to pay than for each call by itself. Never await
   * anything but these repositories in it: PGlite has one connection for everybody.
   */
  atOnce<T>(workspace: string, work: (repositories: Repositories) => Promise<T>): Promise<T>;
  /** For what belongs to no workspace: accounts, finding the owner of a key or webhook, records. */
  asSystem<T>(work: (repositories: SystemRepositories) => Promise<T>): Promise<T>;
  /** Resolves when the database answers. @throws the driver's error when it does not. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** @throws Error when another process owns the PGlite folder, Postgres can't be reached, or a master key is not one. */
export async function openDatabase(options: OpenDatabaseOptions): Promise<Database> {
  const masterKeys = masterKeysOf(options);
  return createDatabase(await openDriver(options), { log: options.log, masterKeys });
}

/** @throws Error naming the variable that is not a key */
export function masterKeysOf({ url, dataDir, log = silent, ...keys }: OpenDatabaseOptions): MasterKeys {
  return createMasterKeys({
    current: keys.masterKey,
    previous: keys.previousMasterKey,
    folder: url ? undefined : dataDir,
    log,
  });
}

/** @throws what `openDatabase` throws */
export function openDriver({
  url,
  dataDir,
  pool = 10,
  log = silent,
}: OpenDatabaseOptions): Promise<OpenedDriver> {
  return url ? openPostgres({ url, pool, log }) : openPglite({ dataDir, log });
}

export interface DatabaseParts {
  log?: Log | undefined;
  /** Default: a key that ends with this object, for tests. */
  masterKeys?: MasterKeys | undefined;
}

export function createDatabase(driver: OpenedDriver, parts: DatabaseParts = {}): Database {
  const { log = silent, masterKeys = createMasterKeys({ folder: 'memory://', log }) } = parts;
  const { orm, systemSql: sql, workspaceSql } = driver;
  const vault = createVault({ masterKeys, system: sql, workspaceSql });
  const asSystem = { session: { role: systemRole } };
  const repositoriesOf = (of: Sql, workspace: string) =>
    createRepositories(of, workspace, vault.ofWorkspace(workspace));
  const system = createSystemRepositories(sql, () => orm.em.fork(asSystem) as EntityManager);

  return {
    kind: driver.kind,
    orm,
    sql,
    vault,
    migrate: () =>
      driver.asOwner(async (owner) => {
        const done = await owner.migrator.up();
        if (done.length > 0) log.info({ migrations: done.map((entry) => entry.name) }, 'Database migrated');
      }),
    inWorkspace: (workspace, work) => work(repositoriesOf(workspaceSql(workspace), workspace)),
    atOnce: (workspace, work) =>
      workspaceSql(workspace).transaction((inside) => work(repositoriesOf(inside, workspace))),
    asSystem: (work) => work(system),
    async ping() {
      await sql.query('select 1');
    },
    close: () => driver.close(),
  };
}
