import { defineEntity, p } from '@mikro-orm/core';
import type { BulkAction, BulkFailure, BulkFilter, BulkOptions, BulkState } from '../../contracts/bulk.ts';
import { Workspace } from './workspace.ts';

/** Work over many runs: what its workflow has done so far, for lists and progress. */
export const BulkJob = defineEntity({
  name: 'BulkJob',
  tableName: 'bulk_jobs',
  indexes: [{ name: 'bulk_jobs_by_creation', properties: ['workspace', 'createdAt', 'id'] }],
  properties: {
    id: p.text().primary(),
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade'),
    action: p.text().$type<BulkAction>(),
    filter: p.json().$type<BulkFilter>(),
    options: p.json().$type<BulkOptions>(),
    state: p.text().$type<BulkState>(),
    /** Runs that the filter found when it began. */
    total: p.integer(),
    done: p.integer(),
    /** Runs that needed nothing: they had ended, or are retried already. */
    skipped: p.integer(),
    failed: p.integer(),
    /** The first of those that failed, and why. */
    failures: p.json().$type<BulkFailure[]>(),
    createdBy: p.text().nullable(),
    createdAt: p.datetime(3),
    finishedAt: p.datetime(3).nullable(),
  },
});
