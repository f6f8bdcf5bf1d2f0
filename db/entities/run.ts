import { defineEntity, p } from '@mikro-orm/core';
import type { Failure, QueuedFor, RunTrigger, WebhookResponse } from '../../contracts/run.ts';
import type { RunState } from '../../contracts/states.ts';

/**
 * The record of a run, projected from its events. No foreign keys: what happened must be recorded even when its automation or
 * version is not (a draft was run) or no longer there.
 */
export const Run = defineEntity({
  name: 'Run',
  tableName: 'runs',
  indexes: [
    { name: 'runs_by_start', properties: ['workspace', 'startedAt', 'id'] },
    { name: 'runs_by_automation', properties: ['workspace', 'automation', 'startedAt', 'id'] },
    // The run list asks one of these for each state and trigger it wants: `repositories/run-list.ts`.
    { name: 'runs_by_state', properties: ['workspace', 'state', 'trigger', 'startedAt', 'id'] },
    {
      name: 'runs_by_automation_state',
      properties: ['workspace', 'automation', 'state', 'trigger', 'startedAt', 'id'],
    },
    { name: 'runs_by_version', properties: ['workspace', 'version', 'state', 'trigger', 'startedAt', 'id'] },
    {
      name: 'runs_by_retry',
      properties: ['workspace', 'retryOf'],
      expression: `create index "runs_by_retry" on "runs" ("workspace", "retry_of") where retry_of is not null`,
    },
    // For retention: what ended first comes first.
    { name: 'runs_by_end', properties: ['finishedAt', 'id'] },
    // Partial and tiny: asked for every step that is written.
    {
      name: 'runs_reset',
      properties: ['id'],
      expression: `create index "runs_reset" on "runs" ("id") where superseded is not null`,
    },
    // Partial, so that the reconciler's question costs what is open, not what ever ran.
    {
      name: 'runs_open',
      properties: ['id'],
      expression: `create index "runs_open" on "runs" ("id") where state in ('queued', 'running', 'waiting')`,
    },
    {
      name: 'runs_by_parent',
      properties: ['workspace', 'parent', 'startedAt'],
      expression: `create index "runs_by_parent" on "runs" ("workspace", "parent", "started_at") where parent is not null`,
    },
    { name: 'runs_ended', properties: ['endedTx', 'id'] },
  ],
  properties: {
    id: p.text().primary(),
    workspace: p.text(),
    automation: p.text(),
    version: p.text(),
    trigger: p.text().$type<RunTrigger>(),
    triggerNode: p.text(),
    workflowId: p.text(),
    state: p.text().$type<RunState>(),
    /** `seq` of the event that set `state`; -1 while none has: a batch without such an event then says nothing about it. */
    stateSeq: p.integer(),
    /** Highest `seq` seen; -1 while nothing but the start is known. */
    lastSeq: p.integer(),
    startedAt: p.datetime(3),
    finishedAt: p.datetime(3).nullable(),
    failure: p.json().$type<Failure>().nullable(),
    response: p.json().$type<WebhookResponse>().nullable(),
    /** Time of the newest event seen. */
    lastEventAt: p.datetime(3),
    /** When the reconciler last looked at the workflow. */
    checkedAt: p.datetime(3).nullable(),
    /** The run that this one takes up or repeats. */
    retryOf: p.text().nullable(),
    /** Kept whatever the retention says. */
    hold: p.boolean().default(false),
    /** When retention took the outputs of its steps and its answer. */
    emptiedAt: p.datetime(3).nullable(),
    /** The run that called this one, and by which of its steps. */
    parent: p.text().nullable(),
    parentNode: p.text().nullable(),
    parentIndex: p.integer().nullable(),
    parentWaits: p.boolean().nullable(),
    /** Id of the user who started it by hand. */
    startedBy: p.text().nullable(),
    /** Why it is queued. */
    queuedFor: p.json().$type<QueuedFor>().nullable(),
    /** The transaction that wrote its end: what ended is read in this order, and none is passed over (`ended-runs.ts`). */
    endedTx: p.bigint().nullable(),
    /** When somebody asked it to stop. */
    cancelRequestedAt: p.datetime(3).nullable(),
    /** Temporal's id of the execution that told the newest event. */
    execution: p.text().nullable(),
    /** Executions that were reset: what they still tell counts no more. */
    superseded: p.json().$type<string[]>().nullable(),
  },
});
