import { defineEntity, p } from '@mikro-orm/core';
import type { SubscriptionKind } from '../../contracts/listening.ts';
import { Automation } from './automation.ts';
import { Version } from './version.ts';
import { Workspace } from './workspace.ts';

/** A trigger of a published version that listens to something: written by publishing, read by whoever hears it. */
export const Subscription = defineEntity({
  name: 'Subscription',
  tableName: 'subscriptions',
  primaryKeys: ['automation', 'node', 'kind', 'key'],
  indexes: [
    { name: 'subscriptions_by_key', properties: ['workspace', 'kind', 'key'] },
    // Forms and mail addresses are the instance's: two automations can't have the same one.
    {
      name: 'subscriptions_address',
      properties: ['kind', 'key'],
      expression: `create unique index "subscriptions_address" on "subscriptions" ("kind", "key") where kind in ('form', 'mail')`,
    },
  ],
  properties: {
    automation: () =>
      p.manyToOne(Automation).mapToPk().primary().fieldName('automation').deleteRule('cascade'),
    node: p.text().primary(),
    kind: p.text().$type<SubscriptionKind>().primary(),
    key: p.text().primary(),
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade'),
    /** Follows the automation's name. */
    automationName: p.text(),
    version: () => p.manyToOne(Version).mapToPk().fieldName('version').deleteRule('cascade'),
    versionNumber: p.integer(),
    /** Its workspace is deleted: nobody listens, and the address stays theirs until the grace is over. */
    suspended: p.boolean().default(false),
  },
});
