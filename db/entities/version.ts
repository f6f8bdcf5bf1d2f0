import { defineEntity, p } from '@mikro-orm/core';
import type { Graph } from '../../contracts/graph.ts';
import { Automation } from './automation.ts';
import { Workspace } from './workspace.ts';

/** What was published: never changed after its insert, so that a run can be pinned to it. */
export const Version = defineEntity({
  name: 'Version',
  tableName: 'versions',
  uniques: [{ name: 'versions_number_unique', properties: ['automation', 'number'] }],
  properties: {
    id: p.text().primary(),
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade'),
    automation: () => p.manyToOne(Automation).mapToPk().fieldName('automation').deleteRule('cascade'),
    number: p.integer(),
    /** sha-256 of the graph's canonical JSON. */
    hash: p.text(),
    graph: p.json().$type<Graph>(),
    /** What its publisher says about it. */
    note: p.text().nullable(),
    createdBy: p.text().nullable(),
    createdAt: p.datetime(3),
  },
});
