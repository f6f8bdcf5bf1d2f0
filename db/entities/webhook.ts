import { defineEntity, p } from '@mikro-orm/core';
import { Automation } from './automation.ts';
import { Version } from './version.ts';
import { Workspace } from './workspace.ts';

/**
 * A published route. How it answers is in the version's graph. It repeats what starting a run needs to know, so that the hot path
 * reads one row: planning a join costs PGlite more than reading.
 */
export const Webhook = defineEntity({
  name: 'Webhook',
  tableName: 'webhooks',
  primaryKeys: ['path', 'method'],
  properties: {
    path: p.text().primary(),
    /** Upper case. */
    method: p.text().primary(),
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade'),
    automation: () => p.manyToOne(Automation).mapToPk().fieldName('automation').deleteRule('cascade').index(),
    /** Follows the automation's name. */
    automationName: p.text(),
    version: () => p.manyToOne(Version).mapToPk().fieldName('version').deleteRule('cascade'),
    versionNumber: p.integer(),
    node: p.text(),
    /** Its workspace is deleted: nobody listens, and the path stays theirs until the grace is over. */
    suspended: p.boolean().default(false),
  },
});
