import { defineEntity, p } from '@mikro-orm/core';
import type { GatedState } from '../../contracts/gates.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { Automation } from './automation.ts';

/** A call of a webhook that keeps its deliveries. Secrets in headers are left out; kept for days. */
export const WebhookDelivery = defineEntity({
  name: 'WebhookDelivery',
  tableName: 'webhook_deliveries',
  indexes: [
    { name: 'webhook_deliveries_by_time', properties: ['workspace', 'automation', 'id'] },
    { name: 'webhook_deliveries_by_run', properties: ['workspace', 'run'] },
    {
      name: 'webhook_deliveries_gated',
      properties: ['workspace', 'gateDelivery'],
      expression:
        'create index "webhook_deliveries_gated" on "webhook_deliveries" ("workspace", "gate_delivery") where gate_delivery is not null',
    },
  ],
  properties: {
    /** ULID: in the order of time. */
    id: p.text().primary(),
    workspace: p.text(),
    automation: () => p.manyToOne(Automation).mapToPk().fieldName('automation').deleteRule('cascade'),
    node: p.text(),
    at: p.datetime(3),
    method: p.text(),
    path: p.text(),
    /** What was answered, when the answer is known at once. */
    status: p.integer(),
    /** Why it was refused: the problem's code. */
    problem: p.text().nullable(),
    run: p.text().nullable(),
    /** It came before: no new run. */
    repeated: p.boolean().default(false),
    /** The item that its run begins with; null when it was refused before its body was read or is too large to keep. */
    item: p.json().$type<JsonObject>().nullable(),
    /** The delivery that this one repeats, when a person asked. */
    replayOf: p.text().nullable(),
    /** Null: its webhook has no gate. */
    gate: p.text().$type<GatedState>().nullable(),
    /** Its id at the gate; calls with the same delivery key have the same one. */
    gateDelivery: p.text().nullable(),
  },
});
