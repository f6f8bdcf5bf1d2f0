import { defineEntity, p } from '@mikro-orm/core';
import type { JsonValue } from '../../contracts/json.ts';
import type { CallOperation, CallState } from '../../contracts/models/call.ts';
import type { ModelPrice } from '../../contracts/models/price.ts';
import type { Failure } from '../../contracts/run.ts';
import type { Hold } from '../repositories/models/hold.ts';
import { Workspace } from './workspace.ts';

/** The ledger of calls to models: one row for each that was made, whatever became of it. */
export const ModelCall = defineEntity({
  name: 'ModelCall',
  tableName: 'model_calls',
  indexes: [
    { name: 'model_calls_by_time', properties: ['workspace', 'startedAt', 'id'] },
    { name: 'model_calls_by_key', properties: ['workspace', 'key'] },
    {
      name: 'model_calls_by_run',
      properties: ['workspace', 'run'],
      expression:
        'create index "model_calls_by_run" on "model_calls" ("workspace", "run") where run is not null',
    },
    {
      name: 'model_calls_one_open',
      properties: ['workspace', 'key'],
      expression: `create unique index "model_calls_one_open" on "model_calls" ("workspace", "key") where state = 'open'`,
    },
    {
      name: 'model_calls_open',
      properties: ['leaseUntil'],
      expression: `create index "model_calls_open" on "model_calls" ("lease_until") where state = 'open'`,
    },
    {
      name: 'model_calls_answered',
      properties: ['finishedAt'],
      expression: `create index "model_calls_answered" on "model_calls" ("finished_at") where answer is not null`,
    },
  ],
  properties: {
    id: p.text().primary(),
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade'),
    /** Of the work that asked: what is asked twice by one key is answered from here. */
    key: p.text(),
    operation: p.text().$type<CallOperation>(),
    provider: p.text(),
    providerName: p.text(),
    model: p.text(),
    state: p.text().$type<CallState>(),
    automation: p.text().nullable(),
    run: p.text().nullable(),
    node: p.text().nullable(),
    agent: p.text().nullable(),
    member: p.text().nullable(),
    startedAt: p.datetime(3),
    finishedAt: p.datetime(3).nullable(),
    /** While it is open: whoever makes it lives until then. */
    leaseUntil: p.datetime(3),
    /** Milliseconds until the answer began. */
    firstTokenMs: p.integer().nullable(),
    /** Tokens. While it is open: an estimate of the input, and of the output as much as there may be. */
    input: p.integer(),
    cached: p.integer(),
    cacheWrite: p.integer(),
    output: p.integer(),
    reasoning: p.integer(),
    estimated: p.boolean(),
    /** The price when it was made; null: it has none. */
    price: p.json().$type<ModelPrice>().nullable(),
    /** Micro-units; null: without a price, or open. */
    cost: p.bigint('number').nullable(),
    /** What is reserved for it, and what it was settled with. */
    holds: p.json().$type<Hold[]>(),
    failure: p.json().$type<Failure>().nullable(),
    /** What it gave, for whoever asks again by the same key. Forgotten after 30 days. */
    answer: p.json().$type<JsonValue>().nullable(),
  },
});
