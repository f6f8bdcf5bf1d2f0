import { defineEntity, p } from '@mikro-orm/core';
import { Workspace } from './workspace.ts';

/** A resume link that was used: it works once. */
export const Resumption = defineEntity({
  name: 'Resumption',
  tableName: 'resumptions',
  primaryKeys: ['run', 'node', 'index'],
  properties: {
    run: p.text().primary(),
    node: p.text().primary(),
    index: p.integer().primary(),
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade'),
    /** Whose call it is. */
    delivery: p.text(),
    claimedAt: p.datetime(3),
    /** Temporal has it. Null for longer than a call takes: its process died, and the next call takes its place. */
    sentAt: p.datetime(3).nullable(),
  },
});
