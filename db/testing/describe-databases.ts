/** Runs a suite on PGlite in memory and, when HIVIEX_TEST_POSTGRES_URL is set, on a fresh database of a real Postgres. */
import { afterAll, beforeAll, describe } from '@jest/globals';
import { type Database, openDatabase } from '../database.ts';
import { createPostgresDatabase, type TestPostgres, testPostgresUrl } from './postgres-database.ts';

/** @param suite gets a function that gives the migrated database once the tests run */
export function describeDatabases(name: string, suite: (database: () => Database) => void): void {
  describe(`${name} on PGlite`, () => {
    let database: Database;
    beforeAll(async () => {
      database = await openDatabase({ dataDir: 'memory://' });
      await database.migrate();
    }, 120_000);
    afterAll(() => database?.close());
    suite(() => database);
  });

  (testPostgresUrl ? describe : describe.skip)(`${name} on Postgres`, () => {
    let database: Database;
    let postgres: TestPostgres;
    beforeAll(async () => {
      postgres = await createPostgresDatabase();
      database = await openDatabase({ url: postgres.url, dataDir: '' });
      await database.migrate();
    }, 120_000);
    afterAll(async () => {
      await database?.close();
      await postgres?.drop();
    });
    suite(() => database);
  });
}
