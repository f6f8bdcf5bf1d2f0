import pg from 'pg';
import type { PostgresValues } from '../../contracts/credentials/postgres.ts';
import type { Guard } from '../guard/index.ts';
import { limits, type ProbeOutcome, passed } from './outcome.ts';

/** Signs in and asks for 1. */
export async function probePostgres(
  guard: Pick<Guard, 'resolve'>,
  { host, port, database, user, password, tls }: PostgresValues,
): Promise<ProbeOutcome> {
  const [{ address }] = await guard.resolve(host, port);
  const options = {
    ...{ host: address, port, database, user, password, application_name: 'Hiviex' },
    // The certificate is the name's, though the connection goes to the address that was checked.
    ssl: tls === 'off' ? false : { servername: host, rejectUnauthorized: tls === 'verify' },
    ...{ connectionTimeoutMillis: limits.timeoutMs, query_timeout: limits.timeoutMs },
  };
  const client = new pg.Client(options as never);
  // A connection that breaks later than its answer has nobody else to tell.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return passed('It works: the database answered.', 'Funciona: o banco de dados respondeu.');
  } finally {
    await client.end().catch(() => undefined);
  }
}
