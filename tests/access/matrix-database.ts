/**
 * Where the matrix keeps what it makes: on Postgres, when there is one. It works beside the API, while PGlite takes turns with it in
 * one thread; the policy is the same on both (db/rls).
 */
import { randomBytes } from 'node:crypto';
import { type Database, openDatabase } from '../../db/index.ts';
import { createPostgresDatabase, testPostgresUrl } from '../../db/testing/postgres-database.ts';

export interface MatrixDatabase {
  db: Database;
  close(): Promise<void>;
}

/** A fresh one, migrated. */
export async function openMatrixDatabase(): Promise<MatrixDatabase> {
  const postgres = testPostgresUrl ? await createPostgresDatabase() : undefined;
  const masterKey = randomBytes(32).toString('base64');
  const db = await openDatabase({ url: postgres?.url, dataDir: 'memory://', masterKey });
  await db.migrate();
  return {
    db,
    async close() {
      await db.close();
      await postgres?.drop();
    },
  };
}
