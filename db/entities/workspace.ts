import { defineEntity, p } from '@mikro-orm/core';

/** The tenant: every row of a table with a `workspace` belongs to exactly one. */
export const Workspace = defineEntity({
  name: 'Workspace',
  tableName: 'workspaces',
  properties: {
    id: p.text().primary(),
    name: p.text(),
    createdAt: p.datetime(3),
    /** Set: nobody can enter, nothing starts; it is purged 30 days later unless it is restored. */
    deletedAt: p.datetime(3).nullable(),
  },
});
