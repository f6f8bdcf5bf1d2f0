/** What `pglite/open-pglite.ts` and `postgres.ts` open, and `database.ts` builds on. */
import type { MikroORM } from '@mikro-orm/core';
import type { Sql } from './sql.ts';

export interface OpenedDriver {
  kind: 'pglite' | 'postgres';
  /** Acts as a tenant without a workspace, which sees nothing, unless a fork's session says otherwise. */
  orm: MikroORM;
  /** Acts across workspaces. */
  systemSql: Sql;
  /** Acts for one workspace: each statement outside a transaction is one of its own. */
  workspaceSql(workspace: string): Sql;
  /**
   * Runs `work` with an ORM of its own as the user that signed in, who owns the tables: for migrations. No other process does the
   * same meanwhile.
   */
  asOwner<T>(work: (orm: MikroORM) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
