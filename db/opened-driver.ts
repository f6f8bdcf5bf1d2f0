/** What `pglite.ts` and `postgres.ts` open, and `database.ts` builds on. */
import type { MikroORM } from '@mikro-orm/core';
import type { Sql } from './sql.ts';

export interface OpenedDriver {
  kind: 'pglite' | 'postgres';
  orm: MikroORM;
  sql: Sql;
  /** Runs `work` while no other process migrates. */
  exclusively(work: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}
