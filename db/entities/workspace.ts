import { defineEntity, p } from '@mikro-orm/core';

/** The tenant: every row of another table but users and settings belongs to exactly one. */
export const Workspace = defineEntity({
  name: 'Workspace',
  tableName: 'workspaces',
  properties: {
    id: p.text().primary(),
    name: p.text(),
    createdAt: p.datetime(3),
  },
});
