import { defineEntity, p } from '@mikro-orm/core';
import type { JsonObject } from '../../contracts/json.ts';
import type { Failure } from '../../contracts/run.ts';
import { Automation } from './automation.ts';

/** What a polling trigger remembers: what it has seen, what it still has to start runs for, and what went wrong last. */
export const TriggerCursor = defineEntity({
  name: 'TriggerCursor',
  tableName: 'trigger_cursors',
  primaryKeys: ['automation', 'node'],
  properties: {
    automation: () =>
      p.manyToOne(Automation).mapToPk().primary().fieldName('automation').deleteRule('cascade'),
    node: p.text().primary(),
    workspace: p.text(),
    /** What is asked: another address is asked anew. */
    source: p.text(),
    state: p.json().$type<JsonObject>(),
    /** Items found and not yet handed to a run; the run's id follows from `batch`. */
    pending: p.json().$type<JsonObject[]>().nullable(),
    batch: p.integer().default(0),
    failures: p.integer().default(0),
    failure: p.json().$type<Failure>().nullable(),
    polledAt: p.datetime(3).nullable(),
    /** Ticks before that are let pass: it failed and backs off. */
    restUntil: p.datetime(3).nullable(),
  },
});
