/**
 * Postgres 15 or later with pgvector, shared by any number of processes.
 *
 * Two pools, one per role: the ORM's, whose connections are a tenant's, and the system's. A connection takes its role on before it
 * is lent for the first time and is closed when it can't, so none ever acts as the user that signed in.
 */
import { MikroORM, type Options, type PostgreSqlConnection } from '@mikro-orm/postgresql';
import pg, { type Pool, type Queryable } from 'pg';
import type { Log } from './log.ts';
import type { OpenedDriver } from './opened-driver.ts';
import { ormOptions } from './orm.ts';
import { type DatabaseRole, setRole, systemRole, tenantRole } from './rls/roles.ts';
import { workspacePrelude } from './rls/workspace-prelude.ts';
import type { Sql } from './sql.ts';

/** Any number will do, as long as every process takes the same. */
const migrationLock = 4_208_193_307;
/** Milliseconds that Postgres may take to accept us. */
const patience = 10_000;

/** @throws Error when Postgres can't be reached or refuses the sign-in. */
export async function openPostgres({
  url,
  pool: max,
  log,
}: {
  url: string;
  pool: number;
  log: Log;
}): Promise<OpenedDriver> {
  const common = { ...ormOptions, logger: (message: string) => log.debug({}, message), clientUrl: url };
  const version = await versionOf(url).catch(async (error: unknown) => {
    if (!isMissingDatabase(error)) throw error;
    await createDatabase(common);
    return versionOf(url);
  });
  log.info({ version }, 'Postgres reached');
  const orm = await MikroORM.init({
    ...common,
    pool: { min: 0, max },
    driverOptions: { onConnect: takeOn(tenantRole) },
  });
  const connection = orm.em.getConnection() as PostgreSqlConnection;
  const tenants = (await connection.getNativeClient()) as unknown as Pool;
  const system = createSystemPool(tenants, log);
  return {
    kind: 'postgres',
    orm,
    systemSql: createSql(system, 'begin'),
    workspaceSql(workspace) {
      const { transaction } = createSql(tenants, `begin; ${workspacePrelude(workspace)}`);
      return { query: (text, parameters) => transaction((sql) => sql.query(text, parameters)), transaction };
    },
    // An advisory lock: of the processes that start at once, one migrates and the others wait and find it done. It ends with its
    // connection, whatever state that is in.
    asOwner: (work) =>
      asLogin(url, async (holder) => {
        await holder.query('select pg_advisory_lock($1)', [migrationLock]);
        const owner = await MikroORM.init({ ...common, pool: { min: 0, max: 2 } });
        try {
          return await work(owner);
        } finally {
          await owner.close(true);
        }
      }),
    async close() {
      await Promise.all([orm.close(true), system.end()]);
    },
  };
}

function versionOf(url: string): Promise<string | undefined> {
  return asLogin(url, async (login) => {
    const { rows } = await login.query<{ version: string }>('show server_version');
    return rows[0]?.version;
  });
}

function isMissingDatabase(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '3D000';
}

/** On a server that has no database of that name yet. */
async function createDatabase(options: Options): Promise<void> {
  const creator = await MikroORM.init({ ...options, ensureDatabase: true, pool: { min: 0, max: 1 } });
  try {
    await creator.connect();
  } finally {
    await creator.close(true);
  }
}

function takeOn(role: DatabaseRole) {
  return (client: Queryable) => client.query(setRole(role));
}

/** As the ORM's pool in everything else: its address, and its parsers, which give times as text. */
function createSystemPool({ options }: Pool, log: Log): Pool {
  // `password` is not enumerable, so that it is in no log; a spread would lose it.
  const system = new pg.Pool({ ...options, password: options.password, onConnect: takeOn(systemRole) });
  const lost = (error: Error) => log.warn({ err: error }, 'A connection to Postgres was lost');
  // Without listeners a connection that the server drops would end the process. The pool opens another.
  system.on('error', lost);
  system.on('connect', (client) => client.on('error', lost));
  return system;
}

/** A connection of its own, as the user that the URL names. */
async function asLogin<T>(url: string, work: (login: Queryable) => Promise<T>): Promise<T> {
  const login = new pg.Client({
    connectionString: url,
    application_name: 'hiviex start',
    connectionTimeoutMillis: patience,
  });
  // A statement under way fails by itself; this keeps the process alive.
  login.on('error', () => {});
  await login.connect();
  try {
    return await work(login);
  } finally {
    await login.end().catch(() => {});
  }
}

/** @param begin what a transaction starts with, in one round trip */
function createSql(pool: Pool, begin: string): Sql {
  return {
    ...on(pool),
    async transaction(work) {
      const client = await pool.connect();
      let broken = false;
      try {
        await client.query(begin);
        const result = await work(on(client));
        await client.query('commit');
        return result;
      } catch (error) {
        // Never hand a connection back that may still be inside a transaction.
        await client.query('rollback').catch(() => {
          broken = true;
        });
        throw error;
      } finally {
        client.release(broken);
      }
    },
  };
}

function on(connection: Queryable): Sql {
  const sql: Sql = {
    async query<Row extends object>(text: string, parameters: readonly unknown[] = []) {
      return (await connection.query<Row>(text, parameters)).rows;
    },
    transaction: (work) => work(sql),
  };
  return sql;
}
