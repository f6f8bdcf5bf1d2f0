import { defineEntity, p } from '@mikro-orm/core';
import type { Graph } from '../../contracts/graph.ts';
import { Workspace } from './workspace.ts';

export const Automation = defineEntity({
  name: 'Automation',
  tableName: 'automations',
  indexes: [
    { name: 'automations_by_update', properties: ['workspace', 'updatedAt', 'id'] },
    {
      name: 'automations_starts_agent_unique',
      properties: ['startsAgent'],
      expression: `create unique index "automations_starts_agent_unique" on "automations" ("starts_agent") where deleted_at is null`,
    },
  ],
  properties: {
    id: p.text().primary(),
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade'),
    name: p.text(),
    description: p.text(),
    draft: p.json().$type<Graph>(),
    /** `contentHash(draft)`: differs from the published version's when the draft has changed. */
    draftHash: p.text(),
    draftRevision: p.integer(),
    /** Node types of the draft's triggers. */
    triggers: p.json().$type<string[]>(),
    /** Id of a version. No foreign key: versions refer to automations already, and neither is ever deleted alone. */
    publishedVersion: p.text().nullable(),
    /** Id of the agent whose starts it holds: the agent keeps it, and it is in no list. No foreign key: its runs stay readable. */
    startsAgent: p.text().nullable(),
    createdAt: p.datetime(3),
    updatedAt: p.datetime(3),
    deletedAt: p.datetime(3).nullable(),
    /** Days that outputs, and that runs, are kept; unset: the workspace's. */
    bodyDays: p.integer().nullable(),
    runDays: p.integer().nullable(),
    /** None of its runs is deleted, whatever the retention says. */
    hold: p.boolean().default(false),
  },
});
