import { defineEntity, p } from '@mikro-orm/core';
import type { JsonValue } from '../../contracts/json.ts';
import { Workspace } from './workspace.ts';

/** What a step gave that changed tables, keys or history, by its idempotency key: when it runs twice it changes them once. */
export const StepResult = defineEntity({
  name: 'StepResult',
  tableName: 'step_results',
  primaryKeys: ['workspace', 'key'],
  indexes: [
    { name: 'step_results_by_age', properties: ['createdAt'] },
    // The run is what a key begins with.
    {
      name: 'step_results_by_run',
      properties: ['key'],
      expression: `create index "step_results_by_run" on "step_results" (split_part("key", ':', 1))`,
    },
  ],
  properties: {
    workspace: () => p.manyToOne(Workspace).mapToPk().primary().fieldName('workspace').deleteRule('cascade'),
    key: p.text().primary(),
    /** Null only inside the transaction that makes it. */
    result: p.json().$type<JsonValue>().nullable(),
    createdAt: p.datetime(3),
  },
});
