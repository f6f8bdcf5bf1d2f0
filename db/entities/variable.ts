import { defineEntity, p } from '@mikro-orm/core';
import { Workspace } from './workspace.ts';

/** What expressions read as `$vars.<name>`. */
export const Variable = defineEntity({
  name: 'Variable',
  tableName: 'variables',
  primaryKeys: ['workspace', 'name'],
  properties: {
    workspace: () => p.manyToOne(Workspace).mapToPk().primary().fieldName('workspace').deleteRule('cascade'),
    name: p.text().primary(),
    /** Sealed when secret. */
    value: p.text(),
    secret: p.boolean(),
    updatedBy: p.text().nullable(),
    updatedAt: p.datetime(3),
  },
});
