/** The ORM's settings that both databases share. */
import type { Options } from '@mikro-orm/core';
import { Migrator } from '@mikro-orm/migrations';
import { entities } from './entities/index.ts';
import { migrations } from './migrations/index.ts';

/**
 * Entities carry their types (`defineEntity`) and migrations come as classes, so a start reads no source file and asks the
 * database for no schema: that is what keeps the second start quick.
 */
export const ormOptions = {
  entities,
  extensions: [Migrator],
  // Identity maps are made per call by `em.fork()`; a global one would leak rows between requests.
  allowGlobalContext: false,
  // Would look for the database in the first statement of every connection pool, before a migration has made the pool's role.
  ensureDatabase: false,
  colors: false,
  forceUtcTimezone: true,
  // The policies are written in migrations by hand, and the schema comparison leaves them alone.
  schemaGenerator: { ignorePolicies: true },
  migrations: {
    migrationsList: migrations,
    tableName: 'migrations',
    transactional: true,
    allOrNothing: true,
    snapshot: false,
    // Needs a superuser, and nothing here depends on it.
    disableForeignKeys: false,
  },
} satisfies Partial<Options>;
