import { defineEntity, p } from '@mikro-orm/core';
import type { JsonValue } from '../../contracts/json.ts';

/** A fact about this instance. */
export const Setting = defineEntity({
  name: 'Setting',
  tableName: 'settings',
  properties: {
    key: p.text().primary(),
    value: p.json().$type<JsonValue>(),
    updatedAt: p.datetime(3),
  },
});
