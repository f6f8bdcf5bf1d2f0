/** Postgres 15 or later with pgvector, shared by any number of processes. */
import { MikroORM, type PostgreSqlConnection } from '@mikro-orm/postgresql';
import type { Pool, Queryable } from 'pg';
import type { Log } from './log.ts';
import type { OpenedDriver } from './opened-driver.ts';
import { ormOptions } from './orm.ts';
import type { Sql } from './sql.ts';

/** Any number will do, as long as every process takes the same. */
const migrationLock = 4_208_193_307;

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
  const orm = await MikroORM.init({
    ...ormOptions,
    logger: (message) => log.debug({}, message),
    clientUrl: url,
    pool: { min: 0, max },
  });
  const connection = orm.em.getConnection() as PostgreSqlConnection;
  const pool = (await connection.getNativeClient()) as unknown as Pool;
  try {
    const { rows } = await pool.query<{ version: string }>('show server_version');
    log.info({ version: rows[0]?.version }, 'Postgres reached');
  } catch (error) {
    await orm.close(true);
    throw error;
  }
  return {
    kind: 'postgres',
    orm,
    sql: createPostgresSql(pool),
    exclusively: (work) => whileLocked(pool, work),
    close: () => orm.close(true),
  };
}

/** An advisory lock: of the processes that start at once, one migrates and the others wait and find it done. */
async function whileLocked(pool: Pool, work: () => Promise<void>): Promise<void> {
  const holder = await pool.connect();
  try {
    await holder.query('select pg_advisory_lock($1)', [migrationLock]);
    await work();
  } finally {
    // The lock ends with its connection, whatever state that is in.
    holder.release(true);
  }
}

export function createPostgresSql(pool: Pool): Sql {
  return {
    ...on(pool),
    async transaction(work) {
      const client = await pool.connect();
      let broken = false;
      try {
        await client.query('begin');
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
