/** A fresh, empty database on the Postgres that HIVIEX_TEST_POSTGRES_URL names, so that test files never meet. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';

export const testPostgresUrl = process.env.HIVIEX_TEST_POSTGRES_URL;

export interface TestPostgres {
  url: string;
  drop(): Promise<void>;
}

/** @throws Error when HIVIEX_TEST_POSTGRES_URL is not set. */
export async function createPostgresDatabase(): Promise<TestPostgres> {
  if (!testPostgresUrl) throw new Error('HIVIEX_TEST_POSTGRES_URL is not set.');
  const name = `hiviex_test_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  await administer(testPostgresUrl, `create database "${name}"`);
  const url = new URL(testPostgresUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => administer(testPostgresUrl as string, `drop database "${name}" with (force)`),
  };
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
