import { defineEntity, p } from '@mikro-orm/core';
import { Automation } from './automation.ts';
import { Version } from './version.ts';
import { Workspace } from './workspace.ts';

/** A published route. How it answers is in the version's graph. */
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
    version: () => p.manyToOne(Version).mapToPk().fieldName('version').deleteRule('cascade'),
    node: p.text(),
  },
});
