/** Runs a suite on PGlite in memory and, when HIVIEX_TEST_POSTGRES_URL is set, on a fresh database of a real Postgres. */
import { afterAll, beforeAll, describe } from '@jest/globals';
import { createDatabase, type Database, openDriver } from '../database.ts';
import type { OpenedDriver } from '../opened-driver.ts';
import { createPostgresDatabase, type TestPostgres, testPostgresUrl } from './postgres-database.ts';

/**
 * @param suite gets functions that give the migrated database, and the driver under it, once the tests run
 * @param pool most connections to Postgres, for each role
 */
export function describeDatabases(
  name: string,
  suite: (database: () => Database, driver: () => OpenedDriver) => void,
  { pool }: { pool?: number } = {},
): void {
  let database: Database | undefined;
  let driver: OpenedDriver;
  const open = async (url?: string) => {
    driver = await openDriver({ url, dataDir: 'memory://', pool });
    database = createDatabase(driver);
    await database.migrate();
  };
  const opened = () => database as Database;

  describe(`${name} on PGlite`, () => {
    beforeAll(() => open(), 120_000);
    afterAll(() => database?.close());
    suite(opened, () => driver);
  });

  (testPostgresUrl ? describe : describe.skip)(`${name} on Postgres`, () => {
    let postgres: TestPostgres;
    beforeAll(async () => {
      database = undefined;
      postgres = await createPostgresDatabase();
      await open(postgres.url);
    }, 120_000);
    afterAll(async () => {
      await database?.close();
      await postgres?.drop();
    });
    suite(opened, () => driver);
  });
}
