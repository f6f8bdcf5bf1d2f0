import { defineEntity, p } from '@mikro-orm/core';
import { Workspace } from './workspace.ts';

/** Requests and tokens of the minute under way, for limits. */
export const ModelMeter = defineEntity({
  name: 'ModelMeter',
  tableName: 'model_meters',
  primaryKeys: ['workspace', 'subject'],
  properties: {
    workspace: () => p.manyToOne(Workspace).mapToPk().primary().fieldName('workspace').deleteRule('cascade'),
    /** `workspace`, or the id of a provider. */
    subject: p.text().primary(),
    /** Minutes since 1970. */
    minute: p.integer(),
    requests: p.integer(),
    tokens: p.bigint('number'),
  },
});
