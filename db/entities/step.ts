import { defineEntity, p } from '@mikro-orm/core';
import type { Item } from '../../contracts/item.ts';
import type { Failure, StepSource } from '../../contracts/run.ts';
import type { StepState } from '../../contracts/states.ts';

/** The record of a step. No foreign keys, as with runs. */
export const Step = defineEntity({
  name: 'Step',
  tableName: 'steps',
  primaryKeys: ['run', 'node', 'index'],
  indexes: [{ name: 'steps_by_seq', properties: ['run', 'seq'] }],
  properties: {
    run: p.text().primary(),
    node: p.text().primary(),
    index: p.integer().primary(),
    workspace: p.text(),
    state: p.text().$type<StepState>(),
    /** `seq` of the start. */
    seq: p.integer(),
    /** `seq` of the newest event seen. */
    lastSeq: p.integer(),
    startedAt: p.datetime(3),
    finishedAt: p.datetime(3).nullable(),
    until: p.datetime(3).nullable(),
    attempts: p.integer(),
    sources: p.json().$type<StepSource[]>().nullable(),
    outputs: p.json().$type<Record<string, Item[]>>().nullable(),
    failure: p.json().$type<Failure>().nullable(),
    logs: p.json().$type<string[]>().nullable(),
    /** Items each port really had, when `outputs` keeps only the first of them. */
    truncated: p.json().$type<Record<string, number>>().nullable(),
    /** It did not run: the run whose outputs these are. */
    reusedFrom: p.text().nullable(),
    /** The key of its effects, where that is another run's. */
    key: p.text().nullable(),
  },
});
