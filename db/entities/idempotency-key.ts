import { defineEntity, p } from '@mikro-orm/core';
import type { JsonValue } from '../../contracts/json.ts';

export const IdempotencyKey = defineEntity({
  name: 'IdempotencyKey',
  tableName: 'idempotency_keys',
  primaryKeys: ['workspace', 'key'],
  properties: {
    workspace: p.text().primary(),
    key: p.text().primary(),
    requestHash: p.text(),
    /** HTTP status of the answer; null while the first request is at work. */
    status: p.integer().nullable(),
    body: p.json().$type<JsonValue>().nullable(),
    createdAt: p.datetime(3),
  },
});
