import { defineEntity, p } from '@mikro-orm/core';
import { Workspace } from './workspace.ts';

/** A value that a node has seen in some run, as its hash. */
export const SeenValue = defineEntity({
  name: 'SeenValue',
  tableName: 'seen_values',
  primaryKeys: ['workspace', 'scope', 'hash'],
  indexes: [{ name: 'seen_values_by_age', properties: ['workspace', 'scope', 'seenAt'] }],
  properties: {
    workspace: () => p.manyToOne(Workspace).mapToPk().primary().fieldName('workspace').deleteRule('cascade'),
    /** `node:<automation>:<node>` or `key:<key>`. */
    scope: p.text().primary(),
    hash: p.text().primary(),
    /** Last time. */
    seenAt: p.datetime(3),
  },
});
