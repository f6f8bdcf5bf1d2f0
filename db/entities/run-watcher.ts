import { defineEntity, p } from '@mikro-orm/core';

/** A workflow that is to be told when a run has ended: a caller that continued as new, and so lost its hold on its child. */
export const RunWatcher = defineEntity({
  name: 'RunWatcher',
  tableName: 'run_watchers',
  primaryKeys: ['run', 'workflowId'],
  properties: {
    run: p.text().primary(),
    workflowId: p.text().primary(),
    workspace: p.text(),
  },
});
