import { defineEntity, p } from '@mikro-orm/core';
import { Workspace } from './workspace.ts';

/** A step of a run that waits for an event: written before it waits, gone when it does no more. */
export const EventWaiter = defineEntity({
  name: 'EventWaiter',
  tableName: 'event_waiters',
  primaryKeys: ['run', 'node', 'index'],
  indexes: [{ name: 'event_waiters_by_name', properties: ['workspace', 'name'] }],
  properties: {
    run: p.text().primary(),
    node: p.text().primary(),
    index: p.integer().primary(),
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade'),
    automation: p.text(),
    /** As a listener names it: `order.*` too. */
    name: p.text(),
    /** Both or neither: the value that the event's data has to have there. */
    matchPath: p.text().nullable(),
    matchValue: p.text().nullable(),
    /** Events from here on count. */
    since: p.datetime(3),
  },
});
