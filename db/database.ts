/**
 * Opens the database: the embedded PGlite under `dataDir`, or Postgres at `url`. The same migrations, entities and repositories
 * serve both.
 *
 * `inWorkspace` is the only way to tenant data. Its repositories filter by workspace in every statement; row-level security is
 * forced at this same seam (`set_config('app.workspace')` per transaction), so no caller will change.
 */
import type { EntityManager, MikroORM } from '@mikro-orm/core';
import { type Log, silent } from './log.ts';
import type { OpenedDriver } from './opened-driver.ts';
import { openPglite } from './pglite.ts';
import { openPostgres } from './postgres.ts';
import {
  createRepositories,
  createSystemRepositories,
  type Repositories,
  type SystemRepositories,
} from './repositories/index.ts';
import type { Sql } from './sql.ts';

export interface OpenDatabaseOptions {
  /** postgres://… Unset: PGlite in `<dataDir>/postgres`. */
  url?: string | undefined;
  /** Folder of the embedded data; `memory://` keeps nothing. Relative to the working directory. */
  dataDir: string;
  /** Most connections to Postgres, default 10. PGlite has exactly one. */
  pool?: number | undefined;
  log?: Log | undefined;
}

export interface Database {
  kind: OpenedDriver['kind'];
  orm: MikroORM;
  /** Statements across all workspaces, for this room and the records only. */
  sql: Sql;
  /** Brings the schema up to date; does nothing when it is. Safe when several processes start at once. */
  migrate(): Promise<void>;
  /**
   * The data of one workspace. Every repository call is atomic by itself and holds no connection between calls, so `work`
   * may await whatever it likes.
   */
  inWorkspace<T>(workspace: string, work: (repositories: Repositories) => Promise<T>): Promise<T>;
  /** For what belongs to no workspace: accounts, finding the owner of a key or webhook, records. */
  asSystem<T>(work: (repositories: SystemRepositories) => Promise<T>): Promise<T>;
  /** Resolves when the database answers. @throws the driver's error when it does not. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** @throws Error when another process owns the PGlite folder, or Postgres can't be reached. */
export async function openDatabase(options: OpenDatabaseOptions): Promise<Database> {
  const log = options.log ?? silent;
  const driver = options.url
    ? await openPostgres({ url: options.url, pool: options.pool ?? 10, log })
    : await openPglite({ dataDir: options.dataDir, log });
  const { orm, sql } = driver;
  const system = createSystemRepositories(sql, () => orm.em.fork() as EntityManager);

  return {
    kind: driver.kind,
    orm,
    sql,
    migrate: () =>
      driver.exclusively(async () => {
        const done = await orm.migrator.up();
        if (done.length > 0) log.info({ migrations: done.map((entry) => entry.name) }, 'Database migrated');
      }),
    inWorkspace: (workspace, work) => work(createRepositories(sql, workspace)),
    asSystem: (work) => work(system),
    async ping() {
      await sql.query('select 1');
    },
    close: () => driver.close(),
  };
}
