import { defineEntity, p } from '@mikro-orm/core';
import type { StoredFlow } from '../../contracts/flow.ts';

/** The tenant: every row of a table with a `workspace` belongs to exactly one. */
export const Workspace = defineEntity({
  name: 'Workspace',
  tableName: 'workspaces',
  properties: {
    id: p.text().primary(),
    name: p.text(),
    createdAt: p.datetime(3),
    /** Days that outputs, and that runs, are kept; unset: the instance's. */
    bodyDays: p.integer().nullable(),
    runDays: p.integer().nullable(),
    /** Set: nobody can enter, nothing starts; it is purged 30 days later unless it is restored. */
    deletedAt: p.datetime(3).nullable(),
    /** As `contracts/credentials/allowed-hosts.ts` reads it; '': none. */
    pictureHosts: p.text().default(''),
    flow: p.json().$type<StoredFlow>().default('{}'),
  },
});
