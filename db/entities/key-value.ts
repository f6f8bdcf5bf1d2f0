import { defineEntity, p } from '@mikro-orm/core';
import type { JsonValue } from '../../contracts/json.ts';
import { Workspace } from './workspace.ts';

/** What automations of a workspace remember by a key. */
export const KeyValue = defineEntity({
  name: 'KeyValue',
  tableName: 'key_values',
  primaryKeys: ['workspace', 'key'],
  properties: {
    workspace: () => p.manyToOne(Workspace).mapToPk().primary().fieldName('workspace').deleteRule('cascade'),
    key: p.text().primary(),
    value: p.json().$type<JsonValue>(),
    /** From then on it is as if it were not there. */
    expiresAt: p.datetime(3).nullable(),
    updatedAt: p.datetime(3),
  },
});
