/** A connection to a user's database, through the guard. */
import pg from 'pg';
import type { PostgresValues } from '../../contracts/credentials/postgres.ts';
import { StepFailure } from '../../contracts/effect.ts';
import type { Guard } from '../../outbound/guard/index.ts';
import { databaseFailure } from './database-failure.ts';
import { readsType } from './read-type.ts';

export interface Rows {
  rows: Record<string, unknown>[];
  /** Of their JSON, about. */
  bytes: number;
  /** What the statement was: `SELECT`, `INSERT` … */
  command: string;
  /** Rows that it changed. */
  count: number;
}

export interface Connection {
  /** @throws StepFailure as the database says it */
  query(text: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  /** Rows of a user's statement. @throws StepFailure, also `too-many-rows` as soon as they have more than `maxBytes` */
  rows(text: string, values: readonly unknown[], maxBytes: number): Promise<Rows>;
  close(): Promise<void>;
  /** Breaks it off at once: the database takes back what is not committed. */
  destroy(): void;
}

const mostRows = 100_000;

interface ConnectOptions {
  guard: Pick<Guard, 'resolve'>;
  statementTimeoutMs: number;
}

/** @throws StepFailure */
export async function connect(
  values: PostgresValues,
  { guard, statementTimeoutMs }: ConnectOptions,
): Promise<Connection> {
  const { host, port, database, user, password, tls } = values;
  const fail = (error: unknown, query?: string) => databaseFailure(error, { host, port, query });
  const [{ address }] = await guard.resolve(host, port).catch((error: unknown) => {
    throw fail(error);
  });
  const options = {
    ...{ host: address, port, database, user, password, application_name: 'Hiviex' },
    // The certificate is the name's, though the connection goes to the address that was checked.
    ssl: tls === 'off' ? false : { servername: host, rejectUnauthorized: tls === 'verify' },
    ...{ connectionTimeoutMillis: 15_000, statement_timeout: statementTimeoutMs, keepAlive: true },
    types: { getTypeParser: readsType },
  };
  const client = new pg.Client(options as never) as unknown as PgClient;
  // A connection that breaks between two statements fails the next one, which tells.
  client.on('error', () => undefined);
  await client.connect().catch((error: unknown) => {
    throw fail(error);
  });
  return {
    query: async (text, given = []) => {
      const result = await client.query(text, given).catch((error: unknown) => {
        throw fail(error, text);
      });
      return result.rows;
    },
    rows: (text, given, maxBytes) =>
      readRows(client, text, given, maxBytes).catch((error: unknown) => {
        throw fail(error, text);
      }),
    close: () => client.end().catch(() => undefined),
    destroy: () => client.connection.stream.destroy(),
  };
}

/** Row by row, so that a table of gigabytes ends at the limit and not in memory. */
function readRows(
  client: PgClient,
  text: string,
  values: readonly unknown[],
  maxBytes: number,
): Promise<Rows> {
  return new Promise((resolve, reject) => {
    const rows: Record<string, unknown>[] = [];
    let bytes = 0;
    // Without values several statements may stand in one text.
    const query = new (pg as unknown as PgModule).Query(values.length > 0 ? { text, values } : { text });
    query.on('row', (row: Record<string, unknown>) => {
      bytes += JSON.stringify(row).length + 12;
      rows.push(row);
      if (bytes <= maxBytes && rows.length <= mostRows) return;
      reject(tooManyRows(rows.length, maxBytes));
      client.connection.stream.destroy();
    });
    query.on('end', (result: PgResult | PgResult[]) => {
      const { command, rowCount } = (Array.isArray(result) ? result.at(-1) : result) ?? {};
      resolve({ rows, bytes, command: command ?? '', count: rowCount ?? 0 });
    });
    query.on('error', reject);
    client.query(query);
  });
}

function tooManyRows(count: number, maxBytes: number): StepFailure {
  return new StepFailure({
    code: 'too-many-rows',
    message: `The statement gave more rows than a step may hand on (${maxBytes / 1_000_000} MB or ${mostRows} rows); it was stopped after ${count}.`,
    hint: 'Ask for fewer: name the columns that later nodes need, add a condition, or page with limit and a where over the last id.',
  });
}

/** What we use of `pg`, which ships no types. */
interface PgResult {
  command?: string | null;
  rowCount?: number | null;
}
interface PgClient {
  connection: { stream: { destroy(): void } };
  on(event: 'error', listener: (error: Error) => void): void;
  connect(): Promise<void>;
  query(text: string, values: readonly unknown[]): Promise<{ rows: Record<string, unknown>[] }>;
  query(query: PgQuery): void;
  end(): Promise<void>;
}
interface PgQuery {
  on(event: 'row', listener: (row: Record<string, unknown>) => void): void;
  on(event: 'end', listener: (result: PgResult | PgResult[]) => void): void;
  on(event: 'error', listener: (error: Error) => void): void;
}
interface PgModule {
  Query: new (config: { text: string; values?: readonly unknown[] }) => PgQuery;
}
